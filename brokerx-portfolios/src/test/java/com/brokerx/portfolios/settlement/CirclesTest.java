package com.brokerx.portfolios.settlement;

import static com.brokerx.portfolios.Market.closed;
import static com.brokerx.portfolios.Market.leg;
import static com.brokerx.portfolios.Market.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.Services;
import com.brokerx.portfolios.reservation.ReservationService;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.portfolios.reservation.ReserveOrder;
import com.brokerx.testing.AtOnce;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on few accounts, all in each other's way. */
class CirclesTest {

    private static final int THREADS = 64;

    private Services services;
    private BackOffice backOffice;

    @BeforeEach
    void open() {
        services = new Services(THREADS);
        backOffice = new BackOffice(services);
    }

    @AfterEach
    void close() {
        services.close();
    }

    /** What the locks are for: two who read, decide and write back without one both spend what is there once, and no check minds. */
    @Test
    @Timeout(60)
    void theNaiveWayLetsTwoSpendTheSameMoney() {
        services.jdbi().useHandle(handle -> {
            handle.execute("CREATE TABLE naive (available bigint NOT NULL CHECK (available >= 0))");
            handle.execute("INSERT INTO naive VALUES (100)");
        });
        CyclicBarrier bothHaveRead = new CyclicBarrier(2);

        List<Boolean> spent = AtOnce.times(2, thread -> services.jdbi().inTransaction(tx -> {
            long available = tx.createQuery("SELECT available FROM naive")
                    .mapTo(Long.class)
                    .one();
            bothHaveRead.await(30, TimeUnit.SECONDS);
            return available >= 60 && tx.execute("UPDATE naive SET available = ?", available - 60) == 1;
        }));

        assertThat(spent).containsExactly(true, true);
    }

    /** The same with reservations, and many of them: what is there goes once. */
    @Test
    @Timeout(60)
    void neverReservesMoreThanThereIsHoweverManyAskAtOnce() {
        UUID client = Ids.next();
        backOffice.give(client, "USD", 100);
        ReservationService reservations = services.reservations();

        List<Outcome> outcomes = AtOnce.times(THREADS, thread -> reservations
                        .reserve(List.of(
                                new ReserveOrder(client, Ids.next(), "USD", 7, 1),
                                new ReserveOrder(client, Ids.next(), "USD", 3, 1)))
                        .stream()
                        .toList())
                .stream()
                .flatMap(List::stream)
                .toList();

        long reserved = outcomes.stream()
                .mapToLong(outcome -> outcome instanceof Outcome.Reserved(long held, long left) ? held : 0)
                .sum();
        assertThat(reserved).isBetween(98L, 100L);
        assertThat(services.check().full().ok()).isTrue();
    }

    @Test
    @Timeout(60)
    void reservesOnceForManyEqualRequestsAtOnce() {
        UUID client = Ids.next();
        UUID order = Ids.next();
        backOffice.give(client, "USD", 100);
        ReservationService reservations = services.reservations();

        List<Outcome> outcomes = AtOnce.times(THREADS, thread -> reservations
                .reserve(List.of(new ReserveOrder(client, order, "USD", 60, 1)))
                .getFirst());

        assertThat(outcomes).allMatch(new Outcome.Reserved(60, 40)::equals);
    }

    /**
     * Each thread takes its part of a ring: client i buys from client i + 1, who buys from i + 2, and so on, each thread starting
     * elsewhere and half of them the other way round. Locks that were not taken in one order would wait for each other at once.
     */
    @Test
    @Timeout(120)
    void tradesInCirclesWithoutADeadlock() {
        int ring = 8;
        int rounds = 2;
        List<UUID> clients = new ArrayList<>();
        for (int i = 0; i < ring; i++) {
            UUID client = Ids.next();
            clients.add(client);
            backOffice.give(client, "USD", 1_000_000);
            backOffice.give(client, "AAPL", 10_000);
        }

        AtOnce.times(THREADS, thread -> {
            List<UUID> order = new ArrayList<>(clients);
            Collections.rotate(order, thread);
            if (thread % 2 == 0) {
                Collections.reverse(order);
            }
            for (int round = 0; round < rounds; round++) {
                tradeAround(order);
            }
            return thread;
        });

        for (UUID client : clients) {
            assertThat(balance(client, "USD")).isEqualTo("1000000 + 0");
            assertThat(balance(client, "AAPL")).isEqualTo("10000 + 0");
        }
        assertThat(services.check().full().findings()).allMatch(finding -> finding.differences() == 0);
    }

    private void tradeAround(List<UUID> clients) {
        int n = clients.size();
        List<ReserveOrder> orders = new ArrayList<>();
        List<DomainEvent> events = new ArrayList<>();
        UUID unused = Ids.next();
        orders.add(new ReserveOrder(clients.getFirst(), unused, "AAPL", 1, 1));
        for (int i = 0; i < n; i++) {
            UUID buyer = clients.get(i);
            UUID seller = clients.get((i + 1) % n);
            UUID buy = Ids.next();
            UUID sell = Ids.next();
            orders.add(new ReserveOrder(buyer, buy, "USD", 500, 1));
            orders.add(new ReserveOrder(seller, sell, "AAPL", 3, 1));
            events.add(trade("AAPL", "2.00", 2, leg(buy, buyer, "4.50", "4"), leg(sell, seller, "3", "2")));
            events.add(closed(buy, buyer, "USD", "4"));
            events.add(closed(sell, seller, "AAPL", "2"));
        }
        assertThat(services.reservations().reserve(orders)).allMatch(Outcome.Reserved.class::isInstance);
        services.jdbi().useTransaction(tx -> services.events()
                .handle(tx, events.stream().map(RunningPortfolios::envelope).toList()));
        services.reservations().release(unused, Optional.empty());
    }

    private String balance(UUID client, String asset) {
        return services.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT available || ' + ' || held FROM accounts WHERE client_id = :client AND asset = :asset")
                .bind("client", client)
                .bind("asset", asset)
                .mapTo(String.class)
                .one());
    }
}
