package com.brokerx.commons.page;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** A list's answer: {@code {"data": […], "meta": {"count", "next_cursor"}}}. */
public record Page<T>(List<T> data, Meta meta) {

    /**
     * @param count how many rows this page has
     * @param nextCursor what to send as {@code ?cursor=} for the page after it, null on the last one
     */
    public record Meta(int count, String nextCursor) {}

    public Page {
        data = List.copyOf(data);
    }

    /**
     * The page of {@code request}, made from one row more than it asks for: the surplus row tells that there is another page.
     *
     * @param rows at most {@link PageRequest#limitPlusOne()} rows, newest first
     * @param positionOf the value that the next page continues below
     */
    public static <T> Page<T> of(PageRequest request, List<T> rows, Function<T, ?> positionOf) {
        if (rows.size() <= request.limit()) {
            return new Page<>(rows, new Meta(rows.size(), null));
        }
        List<T> shown = rows.subList(0, request.limit());
        String next = PageRequest.encode(positionOf.apply(shown.getLast()).toString());
        return new Page<>(shown, new Meta(shown.size(), next));
    }

    /**
     * The page of {@code request} of a list that is at hand whole, in the order of its rows' names.
     *
     * @param nameOf tells the rows apart; the next page continues behind it
     */
    public static <T> Page<T> ofAll(PageRequest request, Collection<T> all, Function<T, String> nameOf) {
        Predicate<T> isWanted = request.before(Function.identity())
                .<Predicate<T>>map(last -> row -> nameOf.apply(row).compareTo(last) > 0)
                .orElse(row -> true);
        return of(
                request,
                all.stream()
                        .filter(isWanted)
                        .sorted(Comparator.comparing(nameOf))
                        .limit(request.limitPlusOne())
                        .toList(),
                nameOf);
    }

    public <R> Page<R> map(Function<T, R> mapping) {
        return new Page<>(data.stream().map(mapping).toList(), meta);
    }
}
