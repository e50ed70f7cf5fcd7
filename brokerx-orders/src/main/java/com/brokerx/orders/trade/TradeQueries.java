package com.brokerx.orders.trade;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import org.jdbi.v3.core.Jdbi;

/** Looks up what happened to orders. */
public final class TradeQueries {

    private final Jdbi jdbi;

    public TradeQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** A client's event log after an entry, in its order. */
    public List<Execution> log(UUID clientId, long after, int limit) {
        return jdbi.withHandle(handle -> ExecutionStore.after(handle, clientId, after, limit));
    }

    /** A client's executions, newest first. */
    Page<Execution> executions(UUID clientId, boolean fillsOnly, PageRequest page) {
        return page(
                page,
                before -> jdbi.withHandle(
                        handle -> ExecutionStore.before(handle, clientId, before, fillsOnly, page.limitPlusOne())));
    }

    /** One order's executions, newest first. */
    Page<Execution> executionsOf(UUID orderId, PageRequest page) {
        return page(
                page,
                before -> jdbi.withHandle(
                        handle -> ExecutionStore.ofOrder(handle, orderId, before, page.limitPlusOne())));
    }

    /** What replacements changed about an order, newest first. */
    Page<Amendment> amendmentsOf(UUID orderId, PageRequest page) {
        long before = page.beforeNumber().orElse(Long.MAX_VALUE);
        List<Amendment> amendments =
                jdbi.withHandle(handle -> ExecutionStore.amendments(handle, orderId, before, page.limitPlusOne()));
        return Page.of(page, amendments, amendment -> amendment.report().clientSequence());
    }

    private static Page<Execution> page(PageRequest page, LongFunction<List<Execution>> rows) {
        return Page.of(page, rows.apply(page.beforeNumber().orElse(Long.MAX_VALUE)), Execution::clientSequence);
    }

    Optional<Execution> execution(Caller caller, UUID executionId) {
        return jdbi.withHandle(handle -> ExecutionStore.find(handle, executionId))
                .filter(execution -> caller.mayActFor(execution.order().clientId()));
    }

    /** The caller's side of a trade. */
    Optional<Execution> trade(Caller caller, UUID tradeId) {
        return jdbi.withHandle(handle -> TradeStore.find(handle, tradeId).flatMap(trade -> {
            boolean bought = trade.buyer().clientId().equals(caller.clientId());
            boolean sold = trade.seller().clientId().equals(caller.clientId());
            if (!bought && !sold) {
                return Optional.empty();
            }
            Trade.Party side = bought ? trade.buyer() : trade.seller();
            return ExecutionStore.ofTrade(handle, side.orderId(), tradeId);
        }));
    }
}
