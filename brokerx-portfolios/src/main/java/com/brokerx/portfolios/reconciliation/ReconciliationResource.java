package com.brokerx.portfolios.reconciliation;

import com.brokerx.portfolios.ledger.LedgerCheck;
import com.brokerx.portfolios.reconciliation.ReconciliationStore.AssetTotal;
import com.brokerx.portfolios.reconciliation.ReconciliationStore.ReservationRow;
import com.brokerx.portfolios.reconciliation.ReconciliationStore.SettlementRow;
import com.brokerx.portfolios.reconciliation.ReconciliationStore.SymbolTotal;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/**
 * What reconciliation across the services reads here: the ledger's own check, what is held for which order, and which trades are
 * settled. Lists go by id, so that a reader continues after the last one it has.
 */
@Path("/internal/reconciliation")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ReconciliationResource {

    private static final int MAXIMUM_PAGE = 5000;

    /** A list without an end of its own: the next page is asked for with the last row's id, until a page is empty. */
    public record Rows<T>(List<T> data) {}

    /** Which orders are asked about. */
    public record Lookup(@NotNull @Size(max = MAXIMUM_PAGE) List<UUID> orderIds) {}

    /** Sums over everything, as of one moment. */
    public record Totals(List<AssetTotal> assets, List<SymbolTotal> symbols) {}

    private final Jdbi jdbi;
    private final LedgerCheck check;

    public ReconciliationResource(Jdbi jdbi, LedgerCheck check) {
        this.jdbi = jdbi;
        this.check = check;
    }

    @GET
    @Path("/ledger")
    public LedgerCheck.Report ledger() {
        return check.full();
    }

    @GET
    @Path("/totals")
    public Totals totals() {
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            ReconciliationStore store = tx.attach(ReconciliationStore.class);
            return new Totals(store.assets(), store.symbols());
        });
    }

    @GET
    @Path("/reservations")
    public Rows<ReservationRow> openReservations(
            @QueryParam("after") UUID after,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(MAXIMUM_PAGE) int limit) {
        return new Rows<>(jdbi.withExtension(ReconciliationStore.class, store -> store.openReservations(after, limit)));
    }

    /** Those of the orders that are known here, ended or not. */
    @POST
    @Path("/reservations/lookup")
    public Rows<ReservationRow> reservations(@Valid @NotNull Lookup lookup) {
        UUID[] ids = lookup.orderIds().toArray(UUID[]::new);
        return new Rows<>(jdbi.withExtension(ReconciliationStore.class, store -> store.reservations(ids)));
    }

    @GET
    @Path("/settlements")
    public Rows<SettlementRow> settlements(
            @QueryParam("after") UUID after,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(MAXIMUM_PAGE) int limit) {
        return new Rows<>(jdbi.withExtension(ReconciliationStore.class, store -> store.settlements(after, limit)));
    }
}
