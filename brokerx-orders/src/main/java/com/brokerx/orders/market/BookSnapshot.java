package com.brokerx.orders.market;

import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.orders.book.Depth;
import com.brokerx.orders.book.DepthLevel;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/**
 * A symbol's book and statistics as they were committed; never changes.
 *
 * @param epoch of the lease under which it was committed; the books of later owners have higher ones
 * @param depth the best levels of both sides
 * @param openOrders in the whole book, those that wait for their stop price too
 * @param at when the book last changed
 */
public record BookSnapshot(
        String symbol, long epoch, Depth depth, int openOrders, DayStatistics statistics, Instant at) {

    /** As another instance tells it. */
    public static BookSnapshot of(BooksFacade.Book book) {
        return new BookSnapshot(
                book.symbol(),
                book.epoch(),
                new Depth(fromFacade(book.bids()), fromFacade(book.asks()), book.sequence()),
                book.openOrders(),
                new DayStatistics(book.day(), book.previousCloseTicks(), book.lastTicks(), book.volume()),
                book.at());
    }

    /** As other instances are told. */
    public BooksFacade.Book toFacade() {
        return new BooksFacade.Book(
                symbol,
                epoch,
                toFacade(depth.bids()),
                toFacade(depth.asks()),
                depth.sequence(),
                openOrders,
                statistics.day(),
                statistics.previousCloseTicks(),
                statistics.lastTicks(),
                statistics.volume(),
                at);
    }

    private static List<DepthLevel> fromFacade(List<BooksFacade.Level> levels) {
        return levels.stream()
                .map(level -> new DepthLevel(level.ticks(), level.quantity(), level.orders()))
                .toList();
    }

    private static List<BooksFacade.Level> toFacade(List<DepthLevel> levels) {
        return levels.stream()
                .map(level -> new BooksFacade.Level(level.ticks(), level.quantity(), level.orders()))
                .toList();
    }

    /** Whether the book has changed since {@code other}. */
    public boolean isNewerThan(BookSnapshot other) {
        return epoch > other.epoch || epoch == other.epoch && depth.sequence() > other.depth.sequence();
    }

    public OptionalLong bestBid() {
        return best(depth.bids());
    }

    public OptionalLong bestAsk() {
        return best(depth.asks());
    }

    private static OptionalLong best(List<DepthLevel> levels) {
        return levels.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(levels.getFirst().ticks());
    }
}
