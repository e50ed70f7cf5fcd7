package com.brokerx.orders.stream;

import com.brokerx.orders.market.Quote;
import java.time.Instant;
import java.time.InstantSource;

/** The quotes of a symbol. Only the newest matters, so those that came too quickly after one another are left out. */
final class QuoteChannel extends MarketChannel {

    private Quote quote;
    private long sequence;

    QuoteChannel(String symbol, StreamMetrics metrics, InstantSource clock) {
        super(new ChannelName(ChannelName.Kind.QUOTES, symbol), metrics, clock);
    }

    void update(Quote latest, Instant committedAt) {
        boolean isFirst = quote == null;
        if (isFirst) {
            quote = latest;
            begin();
        } else if (!latest.saysTheSameAs(quote)) {
            quote = latest;
            sequence++;
            publish(quote, committedAt);
        }
    }

    @Override
    long sequence() {
        return sequence;
    }

    @Override
    Object state() {
        return quote;
    }
}
