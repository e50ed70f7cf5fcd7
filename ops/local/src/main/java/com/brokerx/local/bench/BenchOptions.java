package com.brokerx.local.bench;

import com.brokerx.local.UserError;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What {@code ./brokerx bench} was asked for.
 *
 * @param seconds how long a round lasts
 * @param rounds how often saturation and the offered rate are measured, each time next to the baseline
 * @param rate new orders a second that are offered in the rounds with open arrival
 * @param connections that keep the services saturated
 * @param clients who place the orders
 * @param subscribers who follow the live stream in the round that is for it
 * @param symbols that are traded
 * @param jvmFlags of the services: heap, collector
 * @param throughGateway whether requests take the way of the public, through the local gateway
 * @param profile whether the services record their saturated rounds with Flight Recorder
 * @param soakMinutes of load without measurements beside it, instead of all rounds; empty where figures are wanted
 * @param storedOrders of earlier days that are put into the databases, to see whether figures stay as they are; empty where none are
 * @param report the folder that gets {@code benchmarks.md} and its pictures; nothing is written where it is left out
 */
record BenchOptions(
        int seconds,
        int rounds,
        int rate,
        int connections,
        int clients,
        int subscribers,
        List<String> symbols,
        List<String> jvmFlags,
        boolean throughGateway,
        boolean profile,
        OptionalInt soakMinutes,
        OptionalInt storedOrders,
        Optional<Path> report) {

    private static final int MOST_STORED_ORDERS = 100_000_000;

    private static final int MOST_SOAK_MINUTES = 7 * 24 * 60;

    /** More would outlive the access tokens, which are renewed between rounds. */
    private static final int MOST_SECONDS = 600;

    private static final String GATEWAY = "--through-gateway";
    private static final String PROFILE = "--profile";
    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            Map.entry("--seconds", "20"),
            Map.entry("--rounds", "3"),
            Map.entry("--rate", "1200"),
            Map.entry("--connections", "256"),
            Map.entry("--clients", "100"),
            Map.entry("--subscribers", "1000"),
            Map.entry("--symbols", "AAPL,MSFT,GOOGL,AMZN,META,TSLA,NVDA"),
            Map.entry("--jvm", "-Xmx512m -XX:+UseSerialGC"),
            Map.entry("--soak", ""),
            Map.entry("--stored", ""),
            Map.entry("--report", ""));

    /** @throws UserError for an option that there is not, or a value that makes no sense */
    static BenchOptions read(List<String> words) {
        Map<String, String> values = new HashMap<>(DEFAULTS);
        Set<String> switches = readInto(values, words);
        String report = values.get("--report");
        return new BenchOptions(
                number(values, "--seconds", MOST_SECONDS),
                number(values, "--rounds", 1000),
                number(values, "--rate", 100_000),
                number(values, "--connections", 4096),
                number(values, "--clients", 10_000),
                number(values, "--subscribers", 10_000),
                List.of(values.get("--symbols").split(",")),
                List.of(values.get("--jvm").split(" ")),
                switches.contains(GATEWAY),
                switches.contains(PROFILE),
                ifGiven(values, "--soak", MOST_SOAK_MINUTES),
                ifGiven(values, "--stored", MOST_STORED_ORDERS),
                report.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Path.of(report).toAbsolutePath()));
    }

    /** Puts what has a value into {@code values}, and gives the words that stand alone. */
    private static Set<String> readInto(Map<String, String> values, List<String> words) {
        Set<String> switches = new java.util.HashSet<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            if (word.equals(GATEWAY) || word.equals(PROFILE)) {
                switches.add(word);
            } else if (!DEFAULTS.containsKey(word)) {
                throw new UserError("bench has no option " + word + ". See ./brokerx help");
            } else if (!rest.hasNext()) {
                throw new UserError(word + " wants a value");
            } else {
                values.put(word, rest.next());
            }
        }
        return switches;
    }

    private static OptionalInt ifGiven(Map<String, String> values, String option, int most) {
        return values.get(option).isEmpty() ? OptionalInt.empty() : OptionalInt.of(number(values, option, most));
    }

    private static int number(Map<String, String> values, String option, int most) {
        String word = values.get(option);
        if (!word.matches("[1-9]\\d{0,8}") || Integer.parseInt(word) > most) {
            throw new UserError(option + " wants a number from 1 to " + most);
        }
        return Integer.parseInt(word);
    }
}
