package com.brokerx.orders.book;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * A tale of a book as a table: on the left what is asked of it, on the right all that happens, one event a line.
 *
 * <pre>
 * place s1 ann sell 100 @ 101         | s1 rests with 100
 * place b1 bob buy 150 @ 103 ioc      | b1 buys 100 @ 101 from s1
 *                                     | b1 cancelled 50 ioc_remainder
 * cancel s1                           | s1 refused unknown_order
 * book                                | bids -
 *                                     | asks -
 * </pre>
 *
 * An order is placed as {@code NAME CLIENT SIDE QUANTITY [market] @ TICKS [TIME_IN_FORCE] [stop TICKS] [oco PERCENT] [post_only]} and replaced
 * as {@code NAME TOTAL @ TICKS [TIME_IN_FORCE]}; the price of a market order is its collar; without a time in force it is DAY.
 */
final class BookStory {

    private final OrderBook book = new OrderBook("ZQUIET");
    private final Map<UUID, String> names = new HashMap<>();

    /** Plays the left column against a new book and compares the right one. */
    static void check(String table) {
        BookStory story = new BookStory();
        List<String> told = new ArrayList<>();
        List<String> expected = new ArrayList<>();
        for (String line : table.lines().toList()) {
            String[] columns = line.split("\\|", 2);
            String asked = columns[0].strip();
            if (!asked.isEmpty()) {
                told.add("> " + asked);
                told.addAll(story.play(asked));
                expected.add("> " + asked);
            }
            expected.add(columns[1].strip());
        }
        assertEquals(String.join("\n", expected), String.join("\n", told));
    }

    private List<String> play(String asked) {
        Iterator<String> words = List.of(asked.split(" +")).iterator();
        return switch (words.next()) {
            case "place" -> apply(place(words));
            case "replace" -> apply(replace(words));
            case "cancel" -> apply(new BookCommand.Cancel(id(words.next())));
            case "expire" -> apply(new BookCommand.Expire(id(words.next())));
            case "book" ->
                List.of(
                        "bids " + tell(book.depth(9).bids()),
                        "asks " + tell(book.depth(9).asks()));
            default -> throw new IllegalArgumentException(asked);
        };
    }

    private List<String> apply(BookCommand command) {
        return book.apply(command).stream().map(this::tell).toList();
    }

    private BookCommand.Place place(Iterator<String> words) {
        UUID orderId = id(words.next());
        UUID clientId = id(words.next());
        Side side = Side.valueOf(words.next().toUpperCase(Locale.ROOT));
        long quantity = Long.parseLong(words.next());
        OrderKind kind = OrderKind.LIMIT;
        if (words.next().equals("market")) {
            kind = OrderKind.MARKET;
            words.next();
        }
        long ticks = Long.parseLong(words.next());
        TimeInForce timeInForce = TimeInForce.DAY;
        boolean postOnly = false;
        long stopTicks = 0;
        int collarPpm = 0;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "oco" -> collarPpm = Integer.parseInt(words.next()) * 10_000;
                case "stop" -> stopTicks = Long.parseLong(words.next());
                case "post_only" -> postOnly = true;
                default -> timeInForce = TimeInForce.valueOf(word.toUpperCase(Locale.ROOT));
            }
        }
        return new BookCommand.Place(
                orderId, clientId, side, kind, ticks, quantity, timeInForce, postOnly, stopTicks, collarPpm);
    }

    private BookCommand.Replace replace(Iterator<String> words) {
        UUID orderId = id(words.next());
        long total = Long.parseLong(words.next());
        words.next();
        long ticks = Long.parseLong(words.next());
        TimeInForce timeInForce = TimeInForce.DAY;
        long stopTicks = 0;
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("stop")) {
                stopTicks = Long.parseLong(words.next());
            } else {
                timeInForce = TimeInForce.valueOf(word.toUpperCase(Locale.ROOT));
            }
        }
        return new BookCommand.Replace(orderId, total, ticks, timeInForce, stopTicks);
    }

    private String tell(BookEvent event) {
        return switch (event) {
            case BookEvent.Rested e -> "%s rests with %d".formatted(name(e.orderId()), e.leaves());
            case BookEvent.StopArmed e -> "%s waits with %d".formatted(name(e.orderId()), e.leaves());
            case BookEvent.Triggered e -> "%s triggered".formatted(name(e.orderId()));
            case BookEvent.Traded e ->
                "%s %s %d @ %d %s %s"
                        .formatted(
                                name(e.takerOrderId()),
                                e.takerSide() == Side.BUY ? "buys" : "sells",
                                e.quantity(),
                                e.priceTicks(),
                                e.takerSide() == Side.BUY ? "from" : "to",
                                name(e.makerOrderId()));
            case BookEvent.SelfTradePrevented e ->
                "%s meets own %s, %d @ %d"
                        .formatted(name(e.orderId()), name(e.restingOrderId()), e.quantity(), e.priceTicks());
            case BookEvent.Cancelled e ->
                "%s cancelled %d %s".formatted(name(e.orderId()), e.leavesCancelled(), lower(e.reason()));
            case BookEvent.Expired e -> "%s expired %d".formatted(name(e.orderId()), e.leavesExpired());
            case BookEvent.Replaced e ->
                "%s is now %d @ %d %s, %d left, place %s"
                        .formatted(
                                name(e.orderId()),
                                e.totalQuantity(),
                                e.limitTicks(),
                                lower(e.timeInForce()),
                                e.leaves(),
                                e.lostPriority() ? "lost" : "kept");
            case BookEvent.Refused e -> "%s refused %s".formatted(name(e.orderId()), lower(e.reason()));
        };
    }

    private static String tell(List<DepthLevel> levels) {
        return levels.isEmpty()
                ? "-"
                : levels.stream()
                        .map(level -> level.quantity() + " @ " + level.ticks())
                        .collect(Collectors.joining(", "));
    }

    private static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private UUID id(String name) {
        UUID id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
        names.put(id, name);
        return id;
    }

    private String name(UUID id) {
        return names.get(id);
    }

    /** An order of a client of its own, for what no story tells. */
    static BookCommand.Place limit(Side side, long ticks, long quantity, long stopTicks) {
        return new BookCommand.Place(
                UUID.randomUUID(),
                UUID.randomUUID(),
                side,
                OrderKind.LIMIT,
                ticks,
                quantity,
                TimeInForce.DAY,
                false,
                stopTicks);
    }
}
