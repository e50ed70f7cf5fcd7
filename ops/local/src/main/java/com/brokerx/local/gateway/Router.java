package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFile.Route;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Finds the route of a request in Kong's order: first the one with more kinds of condition, so methods and path before
 * path alone; then a regex before a prefix; among regexes the higher {@code regex_priority}, among prefixes the longer.
 */
final class Router<T> {

    private static final Comparator<Entry<?>> KONGS_ORDER = Comparator.<Entry<?>>comparingInt(Entry::conditions)
            .thenComparing(Entry::isRegex)
            .thenComparingInt(Entry::priority)
            .thenComparingInt(Entry::length)
            .reversed();

    private final List<Entry<T>> entries = new ArrayList<>();

    private record Entry<T>(Route route, Pattern pattern, boolean isRegex, int length, T value) {

        int conditions() {
            return route.methods().isEmpty() ? 1 : 2;
        }

        int priority() {
            return isRegex ? route.regexPriority() : 0;
        }

        boolean matches(String method, String path) {
            return (route.methods().isEmpty() || route.methods().contains(method))
                    && pattern.matcher(path).lookingAt();
        }
    }

    void add(Route route, T value) {
        for (String path : route.paths()) {
            boolean regex = path.startsWith("~");
            Pattern pattern = regex ? Pattern.compile(path.substring(1)) : Pattern.compile(path, Pattern.LITERAL);
            entries.add(new Entry<>(route, pattern, regex, regex ? 0 : path.length(), value));
        }
        entries.sort(KONGS_ORDER);
    }

    Optional<T> find(String method, String path) {
        return entries.stream()
                .filter(entry -> entry.matches(method, path))
                .findFirst()
                .map(Entry::value);
    }
}
