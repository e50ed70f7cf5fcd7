package com.brokerx.portfolios.reconciliation;

import com.brokerx.facades.reconciliation.Reconcilable;
import com.brokerx.facades.reconciliation.Report;
import com.brokerx.portfolios.ledger.LedgerCheck;
import com.brokerx.portfolios.reconciliation.ReconciliationStore.AssetTotal;
import com.brokerx.portfolios.reconciliation.ReconciliationStore.SymbolTotal;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Reservations and settlements, as the orders service can compare them with its orders and trades. */
public final class ReconcilablePortfolios implements Reconcilable {

    /** Sums over everything, as of one moment. */
    public record Totals(List<AssetTotal> assets, List<SymbolTotal> symbols) {}

    private final Jdbi jdbi;
    private final LedgerCheck check;

    public ReconcilablePortfolios(Jdbi jdbi, LedgerCheck check) {
        this.jdbi = jdbi;
        this.check = check;
    }

    @Override
    public Report report() {
        return check.full();
    }

    @Override
    public List<Hold> openHolds(Place after, int limit) {
        UUID from = after == null ? new UUID(0, 0) : after.orderId();
        return jdbi.withExtension(ReconciliationStore.class, store -> store.openHolds(from, limit));
    }

    @Override
    public List<Hold> holds(Collection<UUID> orderIds) {
        UUID[] ids = orderIds.toArray(UUID[]::new);
        return jdbi.withExtension(ReconciliationStore.class, store -> store.holds(ids));
    }

    @Override
    public List<TradeBlock> tradeBlocks(UUID after) {
        return jdbi.withExtension(ReconciliationStore.class, store -> store.tradeBlocks(after));
    }

    @Override
    public List<Trade> trades(TradeBlock block) {
        return jdbi.withExtension(ReconciliationStore.class, store -> store.trades(block));
    }

    Totals totals() {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            ReconciliationStore store = tx.attach(ReconciliationStore.class);
            return new Totals(store.assets(), store.symbols());
        });
    }
}
