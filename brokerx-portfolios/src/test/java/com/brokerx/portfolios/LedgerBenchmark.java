package com.brokerx.portfolios;

import static com.brokerx.portfolios.Market.closed;
import static com.brokerx.portfolios.Market.leg;
import static com.brokerx.portfolios.Market.trade;

import com.brokerx.commons.id.Ids;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.portfolios.reservation.ReservationService;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.portfolios.reservation.ReserveOrder;
import com.brokerx.portfolios.settlement.EventHandler;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * What one thread makes of one PostgreSQL, commits that wait for the disk included: reservations alone and twenty to a commit, and
 * trades five hundred to a delivery, each with the closings of its orders.
 *
 * <p>Run it by its main method; it is no test.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 3)
@Measurement(iterations = 6, time = 3)
@Fork(value = 1, jvmArgs = "-Xmx512m")
public class LedgerBenchmark {

    private static final int CLIENTS = 40;
    private static final int BATCH = 20;
    private static final int TRADES = 500;

    /** Forty clients with money and shares enough for all that follows. */
    @State(Scope.Thread)
    public static class Accounts {
        private final List<UUID> clients = new ArrayList<>();
        private Services services;
        private ReservationService reservations;
        private EventHandler events;
        private int turn;

        @Setup(Level.Trial)
        public void open() {
            services = new Services(4, true);
            reservations = services.reservations();
            events = services.events();
            BackOffice backOffice = new BackOffice(services);
            for (int i = 0; i < CLIENTS; i++) {
                UUID client = Ids.next();
                clients.add(client);
                backOffice.give(client, "USD", 100_000_000_000_000L);
                backOffice.give(client, "AAPL", 1_000_000_000L);
            }
        }

        @TearDown(Level.Trial)
        public void close() {
            services.close();
        }

        private ReserveOrder order() {
            return new ReserveOrder(next(), Ids.next(), "USD", 100, 1);
        }

        private UUID next() {
            return clients.get(turn++ % CLIENTS);
        }
    }

    /** Five hundred trades and their orders' closings, reserved beforehand. */
    @State(Scope.Thread)
    public static class Delivery {
        private Accounts accounts;
        private List<EventEnvelope> envelopes;

        /** @param accounts of its own: what JMH hands a benchmark beside a state that asks for the same is another instance */
        @Setup(Level.Trial)
        public void open(Accounts accounts) {
            this.accounts = accounts;
        }

        @Setup(Level.Invocation)
        public void reserve() {
            List<ReserveOrder> orders = new ArrayList<>();
            List<DomainEvent> happened = new ArrayList<>();
            for (int i = 0; i < TRADES; i++) {
                UUID buyer = accounts.next();
                UUID seller = accounts.next();
                UUID buy = Ids.next();
                UUID sell = Ids.next();
                orders.add(new ReserveOrder(buyer, buy, "USD", 100, 1));
                orders.add(new ReserveOrder(seller, sell, "AAPL", 1, 1));
                happened.add(trade("AAPL", "0.90", 1, leg(buy, buyer, "0.90", "0.90"), leg(sell, seller, "1", "1")));
                happened.add(closed(buy, buyer, "USD", "0.90"));
                happened.add(closed(sell, seller, "AAPL", "1"));
            }
            List<Outcome> outcomes = accounts.reservations.reserve(orders);
            if (!outcomes.stream().allMatch(Outcome.Reserved.class::isInstance)) {
                throw new IllegalStateException("not everything was reserved: " + outcomes);
            }
            envelopes = happened.stream().map(RunningPortfolios::envelope).toList();
        }
    }

    @Benchmark
    public List<Outcome> reserve(Accounts accounts) {
        return accounts.reservations.reserve(List.of(accounts.order()));
    }

    @Benchmark
    @OperationsPerInvocation(BATCH)
    public List<Outcome> reserveTwenty(Accounts accounts) {
        return accounts.reservations.reserve(
                Stream.generate(accounts::order).limit(BATCH).toList());
    }

    @Benchmark
    @OperationsPerInvocation(TRADES)
    public void settle(Delivery delivery) {
        Accounts accounts = delivery.accounts;
        accounts.services.jdbi().useTransaction(tx -> accounts.events.handle(tx, delivery.envelopes));
    }

    public static void main(String[] arguments) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(LedgerBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
