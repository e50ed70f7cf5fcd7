package com.brokerx.facades.reconciliation;

import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeResponse;
import jakarta.validation.constraints.NotNull;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** {@link Reconcilable} over HTTP. A report takes its time: the client's deadline has to allow for it. */
public final class HttpReconcilable implements Reconcilable {

    /** Open holds, or some that were asked for. */
    public record Holds(List<Hold> data) {}

    /** The body of {@code POST …/holds/lookup}. */
    public record Lookup(@NotNull List<UUID> orderIds) {}

    /** Blocks of trades. */
    public record Blocks(List<TradeBlock> data) {}

    /** The trades of a block. */
    public record Trades(List<Trade> data) {}

    private final FacadeClient client;
    private final String path;

    /** @param service {@code portfolios} or {@code orders} */
    public HttpReconcilable(FacadeClient client, String service) {
        this.client = client;
        this.path = "/internal/reconciliation/" + service;
    }

    @Override
    public Report report() {
        return read("report", client.get("report", path + "/report"), Report.class);
    }

    @Override
    public List<Hold> openHolds(Place after, int limit) {
        String query = "/holds?limit=" + limit
                + (after == null ? "" : "&after_client=" + after.clientId() + "&after_order=" + after.orderId());
        return read("holds", client.get("holds", path + query), Holds.class).data();
    }

    @Override
    public List<Hold> holds(Collection<UUID> orderIds) {
        Lookup lookup = new Lookup(List.copyOf(orderIds));
        return read("holds", client.postIdempotent("holds", path + "/holds/lookup", lookup), Holds.class)
                .data();
    }

    @Override
    public List<TradeBlock> tradeBlocks(UUID after) {
        String query = "/trade_blocks" + (after == null ? "" : "?after=" + after);
        return read("trade_blocks", client.get("trade_blocks", path + query), Blocks.class)
                .data();
    }

    @Override
    public List<Trade> trades(TradeBlock block) {
        return read("trades", client.postIdempotent("trades", path + "/trades", block), Trades.class)
                .data();
    }

    private static <T> T read(String operation, FacadeResponse response, Class<T> type) {
        if (!response.isSuccess()) {
            throw response.unexpected(operation);
        }
        return response.as(type);
    }
}
