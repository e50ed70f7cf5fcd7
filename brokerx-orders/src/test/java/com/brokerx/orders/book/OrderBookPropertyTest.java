package com.brokerx.orders.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/** What holds for every stream of commands. */
@PropertyDefaults(tries = 1_000, edgeCases = EdgeCasesMode.NONE)
class OrderBookPropertyTest {

    private static final int ALL = Integer.MAX_VALUE;

    /** The percentages see to it that the streams go on reaching every part of the book. */
    @Property(tries = 5_000)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void saysWhatTheReferenceBookSays(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        ReferenceBook reference = new ReferenceBook();
        for (BookCommand command : stream) {
            List<BookEvent> events = book.apply(command);
            assertEquals(reference.apply(command), events);
            events.forEach(event -> Statistics.collect(event.getClass()));
        }
        assertEquals(reference.depth(book.sequence()), book.depth(ALL));
        assertEquals(reference.state(book.sequence()), book.state());
        Statistics.coverage(events -> {
            for (Class<?> event : BookEvent.class.getPermittedSubclasses()) {
                events.check(event).percentage(share -> share > 0.3);
            }
        });
    }

    /** Of each order: all that it ever asked for was traded, given back, or is still open. */
    @Property
    void conservesQuantity(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        StoredBook stored = new StoredBook();
        for (BookCommand command : stream) {
            stored.onCommand(command);
            for (BookEvent event : book.apply(command)) {
                if (event instanceof BookEvent.Traded trade) {
                    ReferenceOrder maker = stored.order(trade.makerOrderId());
                    ReferenceOrder taker = stored.order(trade.takerOrderId());
                    assertEquals(maker.leaves, trade.quantity() + trade.makerLeaves());
                    assertEquals(taker.leaves, trade.quantity() + trade.takerLeaves());
                    assertTrue(trade.quantity() > 0 && trade.makerLeaves() >= 0 && trade.takerLeaves() >= 0);
                    assertEquals(taker.side, trade.takerSide());
                    assertEquals(maker.side, trade.takerSide().opposite());
                } else if (event instanceof BookEvent.Cancelled cancelled) {
                    assertEquals(stored.order(cancelled.orderId()).leaves, cancelled.leavesCancelled());
                } else if (event instanceof BookEvent.Expired expired) {
                    assertEquals(stored.order(expired.orderId()).leaves, expired.leavesExpired());
                } else if (event instanceof BookEvent.Replaced replaced) {
                    ReferenceOrder before = stored.order(replaced.orderId());
                    assertEquals(before.total - before.leaves, replaced.totalQuantity() - replaced.leaves());
                }
                stored.onEvent(event);
            }
        }
    }

    @Property
    void tradesAtTheBestPriceWithTheOldestOrderWithinBothLimits(
            @ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        StoredBook stored = new StoredBook();
        for (BookCommand command : stream) {
            stored.onCommand(command);
            for (BookEvent event : book.apply(command)) {
                if (event instanceof BookEvent.Traded trade) {
                    ReferenceOrder maker = stored.order(trade.makerOrderId());
                    ReferenceOrder taker = stored.order(trade.takerOrderId());
                    assertEquals(maker.limitTicks, trade.priceTicks());
                    assertTrue(taker.side.accepts(taker.limitTicks, trade.priceTicks()));
                    assertFalse(stored.open().anyMatch(other -> other != taker && isBefore(other, maker)));
                }
                stored.onEvent(event);
            }
        }
    }

    private static boolean isBefore(ReferenceOrder other, ReferenceOrder maker) {
        if (other.isStop() || other.side != maker.side) {
            return false;
        }
        long better =
                maker.side == Side.BUY ? other.limitTicks - maker.limitTicks : maker.limitTicks - other.limitTicks;
        return better > 0 || (better == 0 && other.priority < maker.priority);
    }

    @Property
    void neverCrossesAndLeavesNoStopOrderBehind(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        for (BookCommand command : stream) {
            book.apply(command);
            long bid = book.bestBid().map(DepthLevel::ticks).orElse(0L);
            long ask = book.bestAsk().map(DepthLevel::ticks).orElse(Long.MAX_VALUE);
            assertTrue(bid < ask, () -> bid + " crosses " + ask);
            if (book.lastTradeTicks() > 0) {
                assertTrue(book.state().orders().stream()
                        .filter(order -> order.stopTicks() > 0)
                        .noneMatch(order -> order.side().triggers(order.stopTicks(), book.lastTradeTicks())));
            }
        }
    }

    @Property
    void neverLetsAClientTradeWithItself(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        for (BookCommand command : stream) {
            for (BookEvent event : book.apply(command)) {
                if (event instanceof BookEvent.Traded trade) {
                    assertNotEquals(trade.makerClientId(), trade.takerClientId());
                }
            }
        }
    }

    @Property
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    void fillsAFillOrKillOrderWholeOrNotAtAll(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        for (BookCommand command : stream) {
            Depth before = book.depth(ALL);
            List<BookEvent> events = book.apply(command);
            if (command instanceof BookCommand.Place place
                    && place.timeInForce() == TimeInForce.FOK
                    && place.stopTicks() == 0) {
                long filled = events.stream()
                        .filter(BookEvent.Traded.class::isInstance)
                        .map(BookEvent.Traded.class::cast)
                        .filter(trade -> trade.takerOrderId().equals(place.orderId()))
                        .mapToLong(BookEvent.Traded::quantity)
                        .sum();
                Statistics.collect(filled > 0);
                assertTrue(filled == 0 || filled == place.quantity());
                if (filled == 0) {
                    assertEquals(before, book.depth(ALL));
                }
            }
        }
        Statistics.coverage(filled -> {
            filled.check(true).percentage(share -> share > 5);
            filled.check(false).percentage(share -> share > 5);
        });
    }

    @Property
    void saysTheSameForTheSameCommands(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        OrderBook other = new OrderBook("ZQUIET");
        for (BookCommand command : stream) {
            assertEquals(book.apply(command), other.apply(command));
        }
        assertEquals(book.state(), other.state());
    }

    /** What the events told is stored, lost from memory at any point, and read again. */
    @Property
    void goesOnAfterARestoreAsIfNothingHadHappened(
            @ForAll(supplier = BookCommands.class) List<BookCommand> stream,
            @ForAll @IntRange(max = BookCommands.LONGEST) int point) {
        OrderBook book = new OrderBook("ZQUIET");
        StoredBook stored = new StoredBook();
        int cut = Math.min(point, stream.size());
        for (BookCommand command : stream.subList(0, cut)) {
            stored.onCommand(command);
            book.apply(command, stored::onEvent);
        }
        BookState state = stored.state(book.sequence());
        assertEquals(book.state(), state);

        OrderBook restored = OrderBook.restore("ZQUIET", inAnyOrder(state, new Random(point)));
        assertEquals(book.depth(ALL), restored.depth(ALL));
        for (BookCommand command : stream.subList(cut, stream.size())) {
            assertEquals(book.apply(command), restored.apply(command));
        }
        assertEquals(book.state(), restored.state());
    }

    private static BookState inAnyOrder(BookState state, Random random) {
        List<RestingOrder> orders = new ArrayList<>(state.orders());
        Collections.shuffle(orders, random);
        return new BookState(
                orders, state.lastTradeTicks(), state.tradeSequence(), state.lastPriority(), state.sequence());
    }

    @Property
    void numbersEveryChangeOfItsLevels(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        for (BookCommand command : stream) {
            Depth before = book.depth(ALL);
            book.apply(command);
            Depth after = book.depth(ALL);
            boolean sameLevels =
                    before.bids().equals(after.bids()) && before.asks().equals(after.asks());
            assertTrue(sameLevels || after.sequence() == before.sequence() + 1);
        }
    }

    @Property
    void forgetsEveryOrderThatIsDone(@ForAll(supplier = BookCommands.class) List<BookCommand> stream) {
        OrderBook book = new OrderBook("ZQUIET");
        StoredBook stored = new StoredBook();
        for (BookCommand command : stream) {
            stored.onCommand(command);
            book.apply(command, stored::onEvent);
            UUID orderId = command.orderId();
            assertEquals(stored.order(orderId) != null, book.openOrder(orderId).isPresent());
        }
    }
}
