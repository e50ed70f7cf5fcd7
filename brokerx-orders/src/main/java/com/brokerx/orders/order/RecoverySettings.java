package com.brokerx.orders.order;

import io.dropwizard.util.Duration;

/**
 * How orders that were left behind are found and finished.
 *
 * @param every how often to look; 1 s if left out
 * @param after how old an order that waits for its funds has to be; longer than any request takes; 5 s if left out
 * @param giveUpAfter at which age to end an order whose funds cannot be asked for; 1 min if left out
 */
public record RecoverySettings(Duration every, Duration after, Duration giveUpAfter) {

    public RecoverySettings {
        every = every == null ? Duration.seconds(1) : every;
        after = after == null ? Duration.seconds(5) : after;
        giveUpAfter = giveUpAfter == null ? Duration.minutes(1) : giveUpAfter;
    }
}
