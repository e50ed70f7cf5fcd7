package com.brokerx.orders.stream;

import com.brokerx.orders.market.PublicTrade;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/**
 * The trades of a symbol, every one of them. Their numbers are those under which they are stored, so it shows when some did not come
 * here; then they are read.
 */
final class TradeChannel extends MarketChannel {

    /** How many trades a new reader gets to see. */
    static final int TAPE = 50;

    /** The last trades, newest first; null as long as they have not been read. */
    private Deque<PublicTrade> tape;

    private long sequence;

    /** What a new reader gets, newest first. */
    record Tape(List<PublicTrade> trades) {}

    TradeChannel(String symbol, StreamMetrics metrics, InstantSource clock) {
        super(new ChannelName(ChannelName.Kind.TRADES, symbol), metrics, clock);
    }

    /**
     * Some trades have been committed.
     *
     * @param trades oldest first
     * @return whether some before them are missing and have to be read
     */
    boolean add(List<TapeEntry> trades, Instant committedAt) {
        if (tape == null) {
            return false;
        }
        for (TapeEntry trade : trades) {
            if (trade.sequence() > sequence + 1) {
                return true;
            }
            publishIfNew(trade, committedAt);
        }
        return false;
    }

    /**
     * The last trades have been read.
     *
     * @param trades oldest first
     */
    void read(List<TapeEntry> trades) {
        if (tape == null) {
            tape = new ArrayDeque<>();
            trades.forEach(this::remember);
            begin();
        } else if (!trades.isEmpty() && trades.getFirst().sequence() > sequence + 1) {
            trades.forEach(this::remember);
            skip();
        } else {
            trades.forEach(trade -> publishIfNew(trade, null));
        }
    }

    /** Nobody reads any more: what comes now need not be kept. */
    void forget() {
        tape = null;
        sequence = 0;
    }

    private void publishIfNew(TapeEntry trade, Instant committedAt) {
        if (trade.sequence() > sequence) {
            publish(remember(trade), committedAt);
        }
    }

    private PublicTrade remember(TapeEntry trade) {
        tape.addFirst(trade.trade());
        if (tape.size() > TAPE) {
            tape.removeLast();
        }
        sequence = trade.sequence();
        return trade.trade();
    }

    @Override
    long sequence() {
        return sequence;
    }

    @Override
    Object state() {
        return tape == null ? null : new Tape(List.copyOf(tape));
    }
}
