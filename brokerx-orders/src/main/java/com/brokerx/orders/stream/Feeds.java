package com.brokerx.orders.stream;

import java.util.OptionalLong;

/** Where the updates of all channels come from, as a connection sees it. */
interface Feeds {

    /** Whether there is such a symbol; private channels have none. */
    boolean isKnown(ChannelName channel);

    /**
     * From now on the connection gets the channel's updates, after a snapshot or what it missed.
     *
     * @param after the last entry that the reader knows; only of a private channel
     */
    Subscription subscribe(ChannelName channel, Connection connection, OptionalLong after);

    /** The connection, which could not take all of its updates for a while, takes them again. */
    void resume(Connection connection);
}
