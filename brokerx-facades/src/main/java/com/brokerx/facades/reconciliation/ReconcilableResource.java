package com.brokerx.facades.reconciliation;

import com.brokerx.facades.reconciliation.HttpReconcilable.Blocks;
import com.brokerx.facades.reconciliation.HttpReconcilable.Holds;
import com.brokerx.facades.reconciliation.HttpReconcilable.Lookup;
import com.brokerx.facades.reconciliation.HttpReconcilable.Trades;
import com.brokerx.facades.reconciliation.Reconcilable.TradeBlock;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.UUID;

/** The other end of {@link HttpReconcilable}; a service gives it a path of its own by a subclass. */
public abstract class ReconcilableResource {

    private static final int MAXIMUM_PAGE = 5000;

    private final Reconcilable books;

    protected ReconcilableResource(Reconcilable books) {
        this.books = books;
    }

    @GET
    @Path("/report")
    public Report report() {
        return books.report();
    }

    @GET
    @Path("/holds")
    public Holds openHolds(
            @QueryParam("after_client") UUID afterClient,
            @QueryParam("after_order") UUID afterOrder,
            @QueryParam("limit") @DefaultValue("1000") @Min(1) @Max(MAXIMUM_PAGE) int limit) {
        Reconcilable.Place after =
                afterClient == null || afterOrder == null ? null : new Reconcilable.Place(afterClient, afterOrder);
        return new Holds(books.openHolds(after, limit));
    }

    @POST
    @Path("/holds/lookup")
    public Holds holds(@Valid @NotNull Lookup lookup) {
        return new Holds(books.holds(lookup.orderIds()));
    }

    @GET
    @Path("/trade_blocks")
    public Blocks tradeBlocks(@QueryParam("after") UUID after) {
        return new Blocks(books.tradeBlocks(after));
    }

    @POST
    @Path("/trades")
    public Trades trades(@NotNull TradeBlock block) {
        return new Trades(books.trades(block));
    }
}
