package com.brokerx.orders.stream;

import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.trade.Execution;
import io.dropwizard.lifecycle.Managed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * How the instances tell each other what was committed. Nothing depends on it: what is lost on the way is found by looking, a moment
 * later. No call waits for the network but {@link #find}, and that only for a moment.
 */
public interface FanOut extends Managed {

    /** Who hears what other instances tell; called on a thread that must not be held up. */
    interface Receiver {

        /** Whether the symbol is of interest at all. */
        boolean wants(String symbol);

        /** How a book stands that another instance owns, and the trades there since it told last, oldest first. */
        void receive(BookSnapshot book, List<TapeEntry> trades, Instant committedAt);

        /** How far the event logs of some clients go now. */
        void grown(Map<UUID, Long> lastEntries);
    }

    /** For one instance alone, and for several that only look. */
    FanOut NONE = new Alone();

    /**
     * The way that the settings name.
     *
     * @param board where the books stand that this instance owns
     */
    static FanOut of(StreamSettings settings, MarketBoard board, StreamMetrics metrics) {
        return settings.redis().isOn() ? new RedisFanOut(settings, board, metrics) : NONE;
    }

    void listen(Receiver receiver);

    /** Tells of a book that this instance owns, and of trades in it. */
    void tell(BookSnapshot book, List<TapeEntry> trades, Instant committedAt);

    /** Tells whose event logs have grown. */
    void tell(List<Execution> entries);

    /** The book as its owner told last, if that is not long ago. */
    Optional<BookSnapshot> find(String symbol);

    /** There is nobody else. */
    final class Alone implements FanOut {
        private Alone() {}

        @Override
        public void listen(Receiver receiver) {
            // Nobody tells anything.
        }

        @Override
        public void tell(BookSnapshot book, List<TapeEntry> trades, Instant committedAt) {
            // Nobody listens.
        }

        @Override
        public void tell(List<Execution> entries) {
            // Nobody listens.
        }

        @Override
        public Optional<BookSnapshot> find(String symbol) {
            return Optional.empty();
        }
    }
}
