package com.brokerx.local.bench;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * Everything that one call of {@code ./brokerx bench} measured.
 *
 * @param saturated rounds with all connections always busy
 * @param offered rounds with open arrival
 * @param lone one connection, one request at a time
 * @param stored the same with a past in the databases, where that was asked for
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
        Optional<Stored> stored,
        long ordersStored) {

    /** The middle one of the rounds by a figure: one disturbed round does not speak for all. */
    static Round median(List<Round> rounds, ToDoubleFunction<Round> figure) {
        List<Round> sorted =
                rounds.stream().sorted(Comparator.comparingDouble(figure)).toList();
        return sorted.get(sorted.size() / 2);
    }

    static Round typicalSaturated(List<Round> saturated) {
        return median(saturated, Round::ratio);
    }

    static Round typicalOffered(List<Round> offered) {
        return median(offered, round -> round.millis(95));
    }

    Round typicalSaturated() {
        return typicalSaturated(saturated);
    }

    Round typicalOffered() {
        return typicalOffered(offered);
    }

    /** Every round that was measured. */
    Stream<Round> rounds() {
        Stream<Round> later =
                stored.stream().flatMap(past -> Stream.concat(past.saturated().stream(), past.offered().stream()));
        return Stream.concat(Stream.of(saturated, offered, List.of(lone)).flatMap(List::stream), later);
    }

    /** What a past in the databases has done to the figures. */
    String comparedWith(Stored past) {
        return "ratio %.2f, %.2f of the one before; p95 at %,d/s offered %.1f ms, %.2f of the one before"
                .formatted(
                        past.typicalSaturated().ratio(),
                        speedKept(past),
                        options.rate(),
                        past.typicalOffered().millis(95),
                        delayKept(past));
    }

    /** The ratio with a past in the databases, for the one without: 1 where cost does not grow with what is stored. */
    private double speedKept(Stored past) {
        return past.typicalSaturated().ratio() / typicalSaturated().ratio();
    }

    /** The same of the time within which 95 of 100 offered orders are answered. */
    private double delayKept(Stored past) {
        return past.typicalOffered().millis(95) / typicalOffered().millis(95);
    }
}
