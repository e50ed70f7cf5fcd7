package com.brokerx.local.bench;

import java.util.List;

/**
 * The rounds once more, with a past in the databases: whether cost grows with what is stored.
 *
 * @param orders of earlier days that were stored between the rounds before and these
 * @param saturated rounds with all connections always busy
 * @param offered rounds with open arrival
 */
record Stored(long orders, List<Round> saturated, List<Round> offered) {

    Round typicalSaturated() {
        return Results.typicalSaturated(saturated);
    }

    Round typicalOffered() {
        return Results.typicalOffered(offered);
    }
}
