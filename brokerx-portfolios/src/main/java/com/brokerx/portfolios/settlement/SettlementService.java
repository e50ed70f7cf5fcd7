package com.brokerx.portfolios.settlement;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.ledger.House;
import com.brokerx.portfolios.ledger.Ledger;
import com.brokerx.portfolios.ledger.LedgerException;
import com.brokerx.portfolios.ledger.Posting;
import com.brokerx.portfolios.portfolio.Portfolios;
import com.brokerx.portfolios.reservation.Reservations;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Makes cash and shares change hands. However many events come at once, they cost a handful of statements. */
public final class SettlementService {

    private final Ledger ledger;
    private final Portfolios portfolios;
    private final Assets assets;
    private final SettlementMetrics metrics;
    private final InstantSource clock;

    public SettlementService(
            Ledger ledger, Portfolios portfolios, Assets assets, SettlementMetrics metrics, InstantSource clock) {
        this.ledger = ledger;
        this.portfolios = portfolios;
        this.assets = assets;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** @throws RuntimeException when the event is not about assets and amounts that the ledger knows */
    MarketEvent read(TradeExecuted event) {
        return Trade.of(event, assets.require(event.currency()), assets.require(event.symbol()));
    }

    MarketEvent read(OrderClosed event) {
        Asset asset = assets.findOrSymbol(event.asset())
                .orElseThrow(() -> new LedgerException("there is no asset " + event.asset()));
        return new Close(event.orderId(), event.clientId(), asset.code(), asset.units(event.settledTotal()));
    }

    /** Applies the events in their order; trades that were settled before are left out. */
    void settle(Handle tx, List<MarketEvent> events) {
        Collection<Trade> trades = trades(events);
        // What others may wait for comes before the locks of accounts: new portfolios, then the trades' own rows.
        portfolios.ensure(tx, wanted(trades));
        Set<UUID> unsettled = claim(tx, trades);
        Pipeline pipeline = new Pipeline(tx);
        Supplier<Posting> locked = ledger.lock(
                pipeline,
                events.stream().flatMap(event -> event.accounts().stream()).toList());
        Supplier<Reservations> known = Reservations.read(
                pipeline,
                events.stream().flatMap(event -> event.orders().stream()).toList());
        pipeline.run();
        Posting posting = locked.get();
        Reservations reservations = known.get();

        SettlementRules rules = new SettlementRules(posting, reservations);
        for (MarketEvent event : events) {
            switch (event) {
                case Trade trade -> {
                    if (unsettled.remove(trade.id())) {
                        rules.settle(trade, assets.house(House.FEES, trade.currency()));
                    }
                }
                case Close close -> rules.close(close);
            }
        }
        ledger.store(pipeline, posting);
        reservations.store(pipeline);
        pipeline.run();
        trades.forEach(trade -> metrics.settled(Duration.between(trade.executedAt(), clock.instant())));
    }

    private static Collection<Trade> trades(List<MarketEvent> events) {
        return events.stream()
                .filter(Trade.class::isInstance)
                .map(Trade.class::cast)
                .collect(Collectors.toMap(Trade::id, Function.identity(), (first, repeated) -> first))
                .values();
    }

    private static List<Portfolios.Wanted> wanted(Collection<Trade> trades) {
        return trades.stream()
                .flatMap(trade ->
                        trade.accounts().stream().map(account -> new Portfolios.Wanted(account, trade.currency())))
                .toList();
    }

    /** Stores the trades and their prices; the ids of those that are new. */
    private static Set<UUID> claim(Handle tx, Collection<Trade> trades) {
        if (trades.isEmpty()) {
            return new HashSet<>();
        }
        SettlementStore store = tx.attach(SettlementStore.class);
        Set<UUID> unsettled = new HashSet<>(store.add(SettlementStore.Trades.of(trades)));
        store.updatePrices(SettlementStore.Trades.of(lastOfEachSymbol(trades)));
        return unsettled;
    }

    private static Collection<Trade> lastOfEachSymbol(Collection<Trade> trades) {
        Map<String, Trade> last = new HashMap<>();
        trades.forEach(trade ->
                last.merge(trade.symbol(), trade, BinaryOperator.maxBy(Comparator.comparingLong(Trade::sequence))));
        return last.values();
    }
}
