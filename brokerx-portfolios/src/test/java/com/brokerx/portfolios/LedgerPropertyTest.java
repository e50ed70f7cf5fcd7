package com.brokerx.portfolios;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.commons.outbox.WebhookReceiver;
import com.brokerx.commons.outbox.WebhookSettings;
import com.brokerx.commons.outbox.WebhookSignature;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.portfolios.backoffice.JournalService;
import com.brokerx.portfolios.cash.CashSettings;
import com.brokerx.portfolios.cash.PaymentBooking;
import com.brokerx.portfolios.cash.PaymentKind;
import com.brokerx.portfolios.cash.PaymentProvider;
import com.brokerx.portfolios.cash.PaymentRequest;
import com.brokerx.portfolios.cash.PaymentService;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.SealSettings;
import com.brokerx.portfolios.ledger.Sealer;
import com.brokerx.portfolios.reservation.ReservationService;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.portfolios.reservation.ReserveOrder;
import com.brokerx.testing.AtOnce;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.dropwizard.util.Duration;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Everything at once and at random, on many threads: deposits, withdrawals, journals, orders that are placed, replaced, traded and
 * closed, events that come late, twice and shuffled, a payment provider that refuses, is slow and goes dumb, and database
 * connections that are cut in the middle. Whenever the threads rest, every invariant has to hold.
 *
 * <p>{@code -Dledger.operations=} runs more, {@code -Dledger.seed=} repeats the choices of a run (not its timing).
 */
class LedgerPropertyTest {

    private static final int OPERATIONS = Integer.getInteger("ledger.operations", 10_000);
    private static final long SEED =
            Long.getLong("ledger.seed", ThreadLocalRandom.current().nextLong());
    private static final int ROUNDS = 5;
    private static final int THREADS = 8;
    private static final int CLIENTS = 12;
    private static final WebhookSettings WEBHOOKS = new WebhookSettings(List.of("secret"), null);

    private final Services services = new Services(THREADS + 4);
    private final ReservationService reservations = services.reservations();
    private final Provider provider = new Provider();
    private final PaymentService payments = new PaymentService(
            services.jdbi(),
            services.portfolios(),
            services.assets(),
            new PaymentBooking(
                    services.jdbi(), services.ledger(), services.assets(), services.outbox(), InstantSource.system()),
            provider,
            new CashSettings(null, null, Duration.milliseconds(50), Duration.seconds(0), null),
            InstantSource.system());
    private final JournalService journals =
            new JournalService(services.portfolios(), services.ledger(), services.assets());
    private final Idempotency idempotency = services.idempotency();
    private final WebhookReceiver receiver =
            new WebhookReceiver(services.jdbi(), WEBHOOKS, InstantSource.system(), services.events());
    private final Sealer sealer = new Sealer(services.jdbi(), new SealSettings(Duration.milliseconds(50), 500));
    private final RandomMarket market = new RandomMarket();
    private final List<UUID> clients = new ArrayList<>();
    private final AtomicLong journaledCents = new AtomicLong();
    private final AtomicLong journaledShares = new AtomicLong();

    @BeforeEach
    void open() {
        BackOffice backOffice = new BackOffice(services);
        for (int i = 0; i < CLIENTS; i++) {
            UUID client = Ids.next();
            clients.add(client);
            backOffice.give(client, "USD", 5_000);
            backOffice.give(client, RandomMarket.SYMBOL, 500);
            journaledCents.addAndGet(5_000);
            journaledShares.addAndGet(500);
        }
        sealer.start();
    }

    @AfterEach
    void close() throws InterruptedException {
        sealer.stop();
        services.close();
    }

    @Test
    void keepsEveryInvariantAtEveryQuietPoint() throws Exception {
        System.out.println("ledger property test: -Dledger.seed=" + SEED + " -Dledger.operations=" + OPERATIONS);
        for (int round = 0; round < ROUNDS; round++) {
            runThreads(round);
            comeToRest();
            check();
        }
        market.closeAll();
        comeToRest();
        check();
        assertThat(count("SELECT count(*) FROM reservations WHERE ended_at IS NULL"))
                .isZero();
        assertThat(count("SELECT sum(held) FROM accounts")).isZero();
        assertThat(count("SELECT count(*) FROM settlements")).isEqualTo(market.trades());
        assertThat(market.trades()).as("the run was worth something").isGreaterThan(OPERATIONS / 50);
    }

    private void runThreads(int round) throws Exception {
        AtomicBoolean running = new AtomicBoolean(true);
        Thread cutter = Thread.ofPlatform().start(() -> cutConnections(running, new Random(SEED + round)));
        try {
            AtOnce.times(THREADS, thread -> {
                Random random = new Random(SEED + 31L * round + 1009L * thread);
                for (int n = 0; n < OPERATIONS / ROUNDS / THREADS; n++) {
                    operate(random);
                }
                return thread;
            });
        } finally {
            running.set(false);
            cutter.join();
        }
    }

    private void operate(Random random) {
        UUID client = clients.get(random.nextInt(CLIENTS));
        switch (random.nextInt(16)) {
            case 0 -> pay(PaymentKind.DEPOSIT, client, random);
            case 1 -> pay(PaymentKind.WITHDRAWAL, client, random);
            case 2 -> journal(client, random);
            case 3, 4, 5 -> market.place(client, random.nextBoolean(), 1 + random.nextInt(300), this::reserve);
            case 6, 7 -> market.replace(random, this::reserve);
            case 8, 9, 10, 11 -> market.trade(random);
            case 12 -> market.close(random);
            case 13 -> market.closeUnknown(client);
            default -> deliver(random, 1 + random.nextInt(30));
        }
    }

    private Outcome reserve(ReserveOrder order) {
        return untilAnswered(() -> reservations.reserve(List.of(order)).getFirst());
    }

    private void pay(PaymentKind kind, UUID client, Random random) {
        var request = new PaymentRequest(new BigDecimal(1 + random.nextInt(20)), null, null);
        var key = IdempotencyKey.of(Ids.next().toString(), client, kind.name(), request);
        untilAnswered(() -> payments.request(kind, client, request, key));
    }

    private void journal(UUID client, Random random) {
        boolean cash = random.nextBoolean();
        Asset asset = services.assets().require(cash ? "USD" : RandomMarket.SYMBOL);
        long amount = random.nextInt(200) - 100L;
        if (amount == 0) {
            return;
        }
        var key = IdempotencyKey.of(Ids.next().toString(), "internal", "journal", amount);
        int status = untilAnswered(() -> idempotency.once(
                        key, tx -> switch (journals.post(tx, client, asset, amount, Optional.empty(), "test")) {
                            case JournalService.Outcome.Done d -> new Idempotency.Answer(201, "done");
                            case JournalService.Outcome.BelowZero b -> new Idempotency.Answer(422, "below zero");
                            case JournalService.Outcome.TooLarge t -> new Idempotency.Answer(422, "too large");
                            case JournalService.Outcome.CurrencyMismatch m -> new Idempotency.Answer(422, "currency");
                        }))
                .getStatus();
        if (status < 400) {
            (cash ? journaledCents : journaledShares).addAndGet(amount);
        }
    }

    private void deliver(Random random, int atMost) {
        List<DomainEvent> events = market.take(random, atMost);
        if (events.isEmpty()) {
            return;
        }
        List<EventEnvelope> envelopes =
                events.stream().map(RunningPortfolios::envelope).toList();
        byte[] body = write(envelopes);
        long now = InstantSource.system().instant().getEpochSecond();
        String signature = WebhookSignature.sign(WEBHOOKS.secrets(), "id", now, body);
        EventEnvelope.Receipt receipt =
                untilAnswered(() -> receiver.receive("id", Long.toString(now), signature, body));
        Set<UUID> refused = new HashSet<>(
                receipt.refused().stream().map(EventEnvelope.Refusal::id).toList());
        List<DomainEvent> done = new ArrayList<>();
        List<DomainEvent> again = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            (refused.contains(envelopes.get(i).id()) ? again : done).add(events.get(i));
        }
        market.done(done);
        market.giveBack(again);
    }

    /** Asks again as callers do whose connection broke: nobody knows whether it happened. */
    private static <T> T untilAnswered(Supplier<T> call) {
        for (int attempt = 0; ; attempt++) {
            try {
                return call.get();
            } catch (JdbiException | UnavailableException | Provider.DeadException lost) {
                if (attempt == 50) {
                    throw lost;
                }
            }
        }
    }

    private void cutConnections(AtomicBoolean running, Random random) {
        while (running.get()) {
            services.database().jdbi().useHandle(handle -> handle.createQuery("""
                            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                            WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
                            LIMIT 1""")
                    .mapTo(Boolean.class)
                    .list());
            java.util.concurrent.locks.LockSupport.parkNanos(1_000_000L * (50 + random.nextInt(200)));
        }
    }

    /** Lets everything that is under way arrive, and the provider decide what is pending. */
    private void comeToRest() {
        provider.honest.set(true);
        Random random = new Random(SEED);
        while (!market.isQuiet()) {
            deliver(random, 100);
        }
        while (count("SELECT count(*) FROM payments WHERE status = 'pending'") > 0) {
            payments.resumePending();
        }
        provider.honest.set(false);
        sealer.seal();
        sealer.seal();
    }

    private void check() {
        assertThat(services.check().full().findings()).allMatch(finding -> finding.differences() == 0);
        for (UUID client : clients) {
            for (String asset : List.of("USD", RandomMarket.SYMBOL)) {
                assertThat(count("SELECT held FROM accounts WHERE client_id = '" + client + "' AND asset = '" + asset
                                + "'"))
                        .as("what %s holds of %s", client, asset)
                        .isEqualTo(market.expectedHold(client, asset));
            }
        }
        long paidIn =
                count("SELECT coalesce(sum(CASE kind WHEN 'deposit' THEN amount ELSE -amount END), 0) FROM payments"
                        + " WHERE status = 'completed'");
        long fees =
                count("SELECT coalesce(sum(available_delta), 0) FROM entries e JOIN accounts a ON a.id = e.account_id"
                        + " WHERE a.house = 'fees'");
        assertThat(count("SELECT sum(available + held) FROM accounts WHERE asset = 'USD'") + fees)
                .isEqualTo(paidIn + journaledCents.get());
        assertThat(count("SELECT sum(available + held) FROM accounts WHERE asset = 'AAPL'"))
                .isEqualTo(journaledShares.get());
    }

    private long count(String sql) {
        return untilAnswered(() -> services.jdbi()
                .withHandle(handle -> handle.createQuery(sql).mapTo(Long.class).one()));
    }

    private static byte[] write(List<EventEnvelope> envelopes) {
        try {
            return Json.mapper().writeValueAsBytes(new EventEnvelope.Batch(envelopes));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Decides by the payment's id, when it decides. */
    private static final class Provider implements PaymentProvider {

        /** The process dies while it waits for the provider. */
        private static final class DeadException extends RuntimeException {
            private static final long serialVersionUID = 1L;
        }

        private final AtomicBoolean honest = new AtomicBoolean();

        @Override
        public Answer submit(Order order) {
            int mood = honest.get() ? 9 : ThreadLocalRandom.current().nextInt(10);
            return switch (mood) {
                case 0 -> throw new UnavailableException("the payment provider", java.time.Duration.ofSeconds(1));
                case 1 -> throw new DeadException();
                case 2 -> new Answer.UnderWay();
                default -> order.paymentId().hashCode() % 5 == 0 ? new Answer.Refused("no") : new Answer.Settled("yes");
            };
        }
    }
}
