package com.brokerx.orders.stream;

/** What one connection gets of one channel. */
interface Subscription {

    /** Nothing more is sent. */
    void end();
}
