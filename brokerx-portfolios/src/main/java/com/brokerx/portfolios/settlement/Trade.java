package com.brokerx.portfolios.settlement;

import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.ledger.Asset;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A {@link TradeExecuted} in the ledger's units. */
record Trade(
        UUID id,
        String symbol,
        long sequence,
        BigDecimal price,
        long quantity,
        long total,
        String currency,
        Leg buy,
        Leg sell,
        Instant executedAt)
        implements MarketEvent {

    /** One side; {@code authorizedAfter} and {@code settledAfter} in units of what the side pays with. */
    record Leg(
            UUID orderId,
            UUID clientId,
            long fee,
            int version,
            long authorizedAfter,
            long settledAfter,
            boolean filled) {}

    /**
     * @throws Asset.InexactAmountException when an amount has fractions of a cent
     * @throws IllegalArgumentException when it is no trade at all
     */
    static Trade of(TradeExecuted event, Asset currency, Asset share) {
        Trade trade = new Trade(
                event.tradeId(),
                event.symbol(),
                event.sequence(),
                event.price(),
                event.quantity(),
                currency.units(event.total()),
                event.currency(),
                leg(event.buy(), currency, currency),
                leg(event.sell(), currency, share),
                event.executedAt());
        if (trade.quantity <= 0 || trade.total < 0 || trade.buy.fee < 0 || trade.sell.fee < 0) {
            throw new IllegalArgumentException("trade " + trade.id + " has an amount below zero");
        }
        return trade;
    }

    private static Leg leg(TradeExecuted.Leg leg, Asset currency, Asset paysWith) {
        return new Leg(
                leg.orderId(),
                leg.clientId(),
                currency.units(leg.fee()),
                leg.version(),
                paysWith.units(leg.authorizedAfter()),
                paysWith.units(leg.settledAfter()),
                leg.filled());
    }

    AccountKey buyerCash() {
        return new AccountKey(buy.clientId, currency);
    }

    AccountKey buyerShares() {
        return new AccountKey(buy.clientId, symbol);
    }

    AccountKey sellerCash() {
        return new AccountKey(sell.clientId, currency);
    }

    AccountKey sellerShares() {
        return new AccountKey(sell.clientId, symbol);
    }

    @Override
    public List<AccountKey> accounts() {
        return List.of(buyerCash(), buyerShares(), sellerCash(), sellerShares());
    }

    @Override
    public List<UUID> orders() {
        return List.of(buy.orderId, sell.orderId);
    }
}
