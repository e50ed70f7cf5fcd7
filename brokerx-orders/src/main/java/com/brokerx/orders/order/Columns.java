package com.brokerx.orders.order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** Turns rows into one array a column, so that one statement with {@code unnest} writes them all. */
public final class Columns {

    private Columns() {}

    public static <R> UUID[] ids(List<R> rows, Function<R, UUID> column) {
        return rows.stream().map(column).toArray(UUID[]::new);
    }

    public static <R> String[] texts(List<R> rows, Function<R, String> column) {
        return rows.stream().map(column).toArray(String[]::new);
    }

    public static <R> long[] longs(List<R> rows, ToLongFunction<R> column) {
        return rows.stream().mapToLong(column).toArray();
    }

    public static <R> int[] ints(List<R> rows, ToIntFunction<R> column) {
        return rows.stream().mapToInt(column).toArray();
    }

    /** A column of numbers that may be null. */
    public static <R> Long[] numbers(List<R> rows, Function<R, Long> column) {
        return rows.stream().map(column).toArray(Long[]::new);
    }

    public static <R> Instant[] times(List<R> rows, Function<R, Instant> column) {
        return rows.stream().map(column).toArray(Instant[]::new);
    }
}
