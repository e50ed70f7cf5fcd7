package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.batch.TimedWaits;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveOutcome;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveRequest;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import io.dropwizard.lifecycle.Managed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** Reserves what orders may spend; the requests of concurrent orders travel together, several such batches at once. */
final class Funds implements Managed {

    /** What the portfolios service said. */
    sealed interface Outcome {

        record Reserved() implements Outcome {}

        record Insufficient(String detail) implements Outcome {}

        /** The client keeps the shares in another currency than they are traded in. */
        record CurrencyMismatch(String detail) implements Outcome {}

        /** It knows a newer version, or that the order is closed. */
        record Stale() implements Outcome {}

        /** It said nothing in time; whether the hold is there is not known. */
        record Unavailable() implements Outcome {}
    }

    private final PortfoliosFacade portfolios;
    private final Instruments instruments;
    private final Duration patience;
    private final InstantSource clock;
    private final TimedWaits waits;
    private final GroupCommit<ReserveRequest, Outcome> batches;

    Funds(
            PortfoliosFacade portfolios,
            Instruments instruments,
            Duration patience,
            InstantSource clock,
            TimedWaits waits,
            GroupCommitSettings settings,
            GroupCommit.Metrics metrics) {
        this.portfolios = portfolios;
        this.instruments = instruments;
        this.patience = patience;
        this.clock = clock;
        this.waits = waits;
        this.batches = new GroupCommit<>("orders-funds", settings, metrics, this::reserveAll);
    }

    @Override
    public void start() {
        batches.start();
    }

    @Override
    public void stop() throws InterruptedException {
        batches.stop();
    }

    /** Asks for what an order may spend as it stands, without waiting; what was answered, {@link #finish} says. Never fails. */
    CompletableFuture<Outcome> begin(Order order) {
        long authorized = Holds.authorized(order, instruments.get(order.symbol()));
        return begin(order, authorized, order.state().reserveVersion());
    }

    /**
     * The answer for an order that was just stored: what has passed since its request came in counts. When it is late it is no answer any
     * more, also for what was to follow it.
     */
    Outcome finish(Order order, CompletableFuture<Outcome> begun) {
        Duration passed = Duration.between(order.ticket().createdAt(), clock.instant());
        Duration left = patience.minus(passed);
        Duration least = patience.dividedBy(4);
        return await(begun, left.compareTo(least) < 0 ? least : left);
    }

    /** Reserves what an order may spend as it stands. Answers within the time that is set. */
    Outcome reserve(Order order) {
        return await(begin(order), patience);
    }

    /** Says that the order may spend so much in all. Answers within the time that is set. */
    Outcome reserve(Order order, long authorized, int version) {
        return await(begin(order, authorized, version), patience);
    }

    private CompletableFuture<Outcome> begin(Order order, long authorized, int version) {
        Instrument instrument = instruments.get(order.symbol());
        BigDecimal amount = Holds.amount(order, instrument, authorized);
        ReserveRequest request = new ReserveRequest(
                order.clientId(),
                order.id(),
                amount,
                Holds.asset(order, instrument),
                version,
                order.isBuy() ? null : instrument.currency().getCurrencyCode(),
                order.isBuy() ? order.symbol() : null);
        try {
            return batches.submitAsync(request);
        } catch (UnavailableException full) {
            return CompletableFuture.completedFuture(new Outcome.Unavailable());
        }
    }

    private Outcome await(CompletableFuture<Outcome> outcome, Duration wait) {
        try {
            return waits.await(outcome, wait);
        } catch (TimeoutException late) {
            return new Outcome.Unavailable();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Unavailable();
        } catch (ExecutionException failed) {
            throw new IllegalStateException("funds could not be reserved", failed.getCause());
        }
    }

    private List<Outcome> reserveAll(List<ReserveRequest> requests) {
        try {
            return portfolios.reserve(requests).stream().map(Funds::outcome).toList();
        } catch (UnavailableException down) {
            return requests.stream()
                    .<Outcome>map(request -> new Outcome.Unavailable())
                    .toList();
        }
    }

    private static Outcome outcome(ReserveOutcome outcome) {
        return switch (outcome) {
            case ReserveOutcome.Reserved reserved -> new Outcome.Reserved();
            case ReserveOutcome.Insufficient(var asset, var available, var missing) ->
                new Outcome.Insufficient("%s %s more would be needed; %s are available"
                        .formatted(missing.toPlainString(), asset, available.toPlainString()));
            case ReserveOutcome.CurrencyMismatch(var asset) ->
                new Outcome.CurrencyMismatch(asset + " is kept in another currency than it is traded in");
            case ReserveOutcome.Stale stale -> new Outcome.Stale();
        };
    }
}
