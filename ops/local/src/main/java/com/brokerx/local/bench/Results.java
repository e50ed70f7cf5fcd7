package com.brokerx.local.bench;

import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Everything that one call of {@code ./brokerx bench} measured.
 *
 * @param saturated rounds with all connections always busy
 * @param offered rounds with open arrival
 * @param lone one connection, one request at a time
 * @param ordersStored how many orders the database held at the end
 */
record Results(
        BenchOptions options,
        Machine machine,
        String baselineName,
        List<Round> saturated,
        List<Round> offered,
        Round lone,
        HandOff.Result handOff,
        long ordersStored) {

    /** The middle one of the rounds by a figure: one disturbed round does not speak for all. */
    static Round median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        List<Round> sorted =
                rounds.stream().sorted(Comparator.comparingDouble(figure)).toList();
        return sorted.get(sorted.size() / 2);
    }

    Round typicalSaturated() {
        return median(saturated, Round::ratio);
    }

    Round typicalOffered() {
        return median(offered, round -> round.millis(95));
    }
}
