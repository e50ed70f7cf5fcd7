package com.brokerx.commons.outbox;

/** Something that happened and that other services act upon. */
public interface Event {

    /** The name on the wire, for example {@code trade.executed}. */
    String type();

    /** Within it order is kept, and one that cannot be delivered holds back only what is in the same aggregate. */
    String aggregate();
}
