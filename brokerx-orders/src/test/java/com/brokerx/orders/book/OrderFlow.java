package com.brokerx.orders.book;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * What reaches a busy book, for {@link OrderBookBenchmark}; the same on every run. Four of ten new orders trade at once (limit,
 * IOC and market orders), and between the new orders come as many cancels as keep the size of the book steady, and replacements.
 * Four of five cancels and replacements mean one of the latest orders, as on real exchanges, and one any order of the book.
 */
final class OrderFlow {

    private static final int CLIENTS = 1_000;
    private static final int RECENT = 1_000;
    private static final long MID_TICKS = 17_500;
    private static final double SPREAD_OF_LIMITS = 100;

    private final Random random = new Random(42);
    private final List<UUID> clients = new ArrayList<>();
    private final int resting;

    /** Carries out what was made up so far, to know which orders are open. */
    private final OrderBook book = new OrderBook("AAPL");

    private final List<UUID> open = new ArrayList<>();
    private final Map<UUID, Integer> placeInOpen = new HashMap<>();
    private final UUID[] recent = new UUID[RECENT];
    private int rested;

    OrderFlow(int resting) {
        this.resting = resting;
        for (int i = 0; i < CLIENTS; i++) {
            clients.add(newId());
        }
        while (open.size() < resting) {
            carryOut(restingOrder());
        }
    }

    BookState state() {
        return book.state();
    }

    /** Commands that go on from where the last ones ended, with this many new orders among them. */
    List<BookCommand> next(int orders) {
        List<BookCommand> commands = new ArrayList<>();
        int placed = 0;
        while (placed < orders) {
            BookCommand command = nextCommand();
            if (command instanceof BookCommand.Place) {
                placed++;
            }
            commands.add(command);
            carryOut(command);
        }
        return commands;
    }

    private BookCommand nextCommand() {
        int dice = random.nextInt(100);
        if (dice < 10) {
            return replacement();
        }
        if (dice < 70 && open.size() > resting) {
            return new BookCommand.Cancel(anyOpen());
        }
        return switch (random.nextInt(10)) {
            case 0, 1 -> takingOrder(OrderKind.LIMIT, TimeInForce.DAY);
            case 2 -> takingOrder(OrderKind.LIMIT, TimeInForce.IOC);
            case 3 -> takingOrder(OrderKind.MARKET, TimeInForce.DAY);
            default -> restingOrder();
        };
    }

    private BookCommand replacement() {
        UUID orderId = anyOpen();
        RestingOrder order = book.openOrder(orderId).orElseThrow();
        if (random.nextBoolean() && order.leaves() > 1) {
            return new BookCommand.Replace(orderId, order.totalQuantity() - 1, order.limitTicks(), order.timeInForce());
        }
        long ticks = order.side() == Side.BUY ? order.limitTicks() - 1 : order.limitTicks() + 1;
        return new BookCommand.Replace(orderId, order.totalQuantity(), ticks, order.timeInForce());
    }

    private BookCommand.Place restingOrder() {
        long distance = 1 + (long) Math.abs(random.nextGaussian() * SPREAD_OF_LIMITS);
        return random.nextBoolean()
                ? place(Side.BUY, OrderKind.LIMIT, MID_TICKS - distance, TimeInForce.GTC)
                : place(Side.SELL, OrderKind.LIMIT, MID_TICKS + distance, TimeInForce.GTC);
    }

    private BookCommand.Place takingOrder(OrderKind kind, TimeInForce timeInForce) {
        if (random.nextBoolean()) {
            long ask = book.bestAsk().map(DepthLevel::ticks).orElse(MID_TICKS);
            return place(Side.BUY, kind, ask + 3, timeInForce);
        }
        long bid = book.bestBid().map(DepthLevel::ticks).orElse(MID_TICKS);
        return place(Side.SELL, kind, bid - 3, timeInForce);
    }

    private BookCommand.Place place(Side side, OrderKind kind, long ticks, TimeInForce timeInForce) {
        UUID client = clients.get(random.nextInt(CLIENTS));
        return new BookCommand.Place(
                newId(), copy(client), side, kind, ticks, 1 + random.nextInt(100), timeInForce, false, 0);
    }

    private UUID anyOpen() {
        UUID latest = recent[random.nextInt(RECENT)];
        boolean meansLatest = random.nextInt(5) > 0 && placeInOpen.containsKey(latest);
        return copy(meansLatest ? latest : open.get(random.nextInt(open.size())));
    }

    private UUID newId() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** An id comes off the wire as a new object each time; finding the order must not profit from meeting the same one. */
    private static UUID copy(UUID id) {
        return new UUID(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    private void carryOut(BookCommand command) {
        book.apply(command, event -> {
            switch (event) {
                case BookEvent.Rested rest -> remember(rest.orderId());
                case BookEvent.Traded trade when trade.makerLeaves() == 0 -> forget(trade.makerOrderId());
                case BookEvent.Cancelled cancelled -> forget(cancelled.orderId());
                default -> {}
            }
        });
    }

    private void remember(UUID orderId) {
        if (placeInOpen.putIfAbsent(orderId, open.size()) == null) {
            open.add(orderId);
        }
        recent[rested++ % RECENT] = orderId;
    }

    private void forget(UUID orderId) {
        Integer place = placeInOpen.remove(orderId);
        if (place == null) {
            return;
        }
        UUID last = open.removeLast();
        if (!last.equals(orderId)) {
            open.set(place, last);
            placeInOpen.put(last, place);
        }
    }
}
