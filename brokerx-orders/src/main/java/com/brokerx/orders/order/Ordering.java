package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.market.OpenOrderCount;
import com.brokerx.orders.trade.ExecutionFeed;
import com.brokerx.orders.writer.Writing;
import io.dropwizard.core.setup.Environment;
import java.time.InstantSource;
import java.util.List;
import org.jdbi.v3.core.Jdbi;

/** The parts of an order's life outside of its book, put together. */
public final class Ordering {

    private final Acceptance acceptance;
    private final Funds funds;
    private final Refusals refusals;
    private final OrderRecovery recovery;
    private final OrderService orders;
    private final CancelService cancels;
    private final ReplaceService replaces;
    private final OrderQueries queries;
    private final Instruments instruments;
    private final LimitSettings limits;

    public Ordering(
            Jdbi jdbi,
            OrderSettings settings,
            Instruments instruments,
            MarketCalendar calendar,
            MarketData market,
            OpenOrderCount openOrders,
            Screening screening,
            PortfoliosFacade portfolios,
            Outbox outbox,
            ExecutionFeed feed,
            Writing writing,
            OrderMetrics metrics,
            GroupCommit.Metrics batchMetrics,
            TimedWaits waits,
            InstantSource clock) {
        this.instruments = instruments;
        BatchSettings batches = settings.batches();
        PreTradeRules rules = new PreTradeRules(settings.limits(), calendar);
        acceptance = new Acceptance(
                jdbi,
                feed,
                settings.limits(),
                settings.recovery().after().toJavaDuration().dividedBy(2),
                clock,
                batches.acceptance(),
                batchMetrics);
        funds = new Funds(
                portfolios,
                instruments,
                settings.fundsPatience().toJavaDuration(),
                clock,
                waits,
                batches.funds(),
                batchMetrics);
        refusals = new Refusals(jdbi, instruments, outbox, feed, clock, batches.refusals(), batchMetrics);
        HoldChanges holds = new HoldChanges(jdbi, instruments, funds, writing.books(), acceptance);
        OrderSaga saga = new OrderSaga(
                jdbi,
                acceptance,
                funds,
                refusals,
                writing.books(),
                waits,
                // The rest of the limit is for the step that is late.
                settings.fundsPatience().toJavaDuration().multipliedBy(3).dividedBy(4));
        recovery = new OrderRecovery(jdbi, writing.leases(), saga, holds, settings.recovery(), clock);
        orders = new OrderService(
                jdbi,
                instruments,
                market,
                rules,
                openOrders,
                settings.limits().maximumOpenOrdersOfAll(),
                screening,
                acceptance,
                saga,
                settings.feePpm(),
                metrics,
                clock);
        cancels = new CancelService(jdbi, writing.books(), writing.leases());
        replaces = new ReplaceService(jdbi, instruments, market, rules, holds, funds, writing.books(), clock);
        queries = new OrderQueries(jdbi);
        limits = settings.limits();
    }

    /** Has everything started and stopped with the application, what comes first in an order's life stopped first. */
    public void manage(Environment environment) {
        List.of(refusals, funds, acceptance, recovery)
                .forEach(part -> environment.lifecycle().manage(part));
        environment.jersey().register(new OrdersResource(orders, cancels, replaces, queries, instruments, limits));
    }

    public OrderService orders() {
        return orders;
    }

    public CancelService cancels() {
        return cancels;
    }

    public ReplaceService replaces() {
        return replaces;
    }

    public OrderQueries queries() {
        return queries;
    }
}
