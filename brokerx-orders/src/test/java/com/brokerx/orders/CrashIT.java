package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveRequest;
import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.HeldWriter;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersProcess;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/**
 * One process is killed while orders of several clients stand between any two steps of their lives, each stopped there on purpose; a new
 * process on the same database has to finish every one of them.
 */
class CrashIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final Jdbi jdbi = database.jdbi();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Set<UUID> stoppedBefore = ConcurrentHashMap.newKeySet();
    private final Set<UUID> stoppedAfter = ConcurrentHashMap.newKeySet();

    @Test
    void whateverStepAKillInterruptsNothingIsLostDoubledOrHeldForEver() throws Exception {
        try (TestIdentity identity = new TestIdentity();
                FakePortfolios portfolios = new FakePortfolios();
                Handle blocker = jdbi.open();
                Story story = new Story(portfolios, identity, blocker)) {
            story.begin();
            story.kill();
            try (OrdersServer reborn = OrdersServer.start("orders-reborn", database, identity, portfolios)) {
                story.check(reborn);
            }
        }
    }

    /** The clients of the story, named after the step at which the kill finds them. */
    private final class Story implements AutoCloseable {
        private final FakePortfolios portfolios;
        private final OrdersProcess doomed;
        private final Handle blocker;
        private final OrdersClient seller;
        private final OrdersClient stored;
        private final OrdersClient reserved;
        private final OrdersClient matching;
        private final OrdersClient settled;
        private final OrdersClient raising;
        private final OrdersClient raised;
        private final OrdersClient lowering;
        private UUID raisingOrder;
        private UUID raisedOrder;
        private UUID loweringOrder;

        Story(FakePortfolios portfolios, TestIdentity identity, Handle blocker) {
            this.portfolios = portfolios;
            this.blocker = blocker;
            // Patient enough that nothing but the kill ends what is stopped.
            doomed = OrdersProcess.start(
                    "orders-doomed",
                    database,
                    identity,
                    portfolios,
                    "orders.placing.fundsPatience=120s",
                    "orders.portfolios.deadline=120s",
                    "orders.writer.patience=120s",
                    "orders.placing.recovery.after=120s",
                    "orders.placing.batches.funds.workers=12");
            seller = client("ZQUIET", "100");
            stored = client("USD", "1000.00");
            reserved = client("USD", "1000.00");
            matching = client("USD", "1000.00");
            settled = client("USD", "1000.00");
            raising = client("USD", "1000.00");
            raised = client("USD", "1000.00");
            lowering = client("USD", "1000.00");
        }

        private OrdersClient client(String asset, String amount) {
            OrdersClient client = doomed.client();
            portfolios.give(client.id(), asset, amount);
            return client;
        }

        void begin() {
            raisingOrder = raising.limit("ZQUIET", "buy", 1, "90.00").id();
            raisedOrder = raised.limit("ZQUIET", "buy", 1, "90.00").id();
            loweringOrder = lowering.limit("ZQUIET", "buy", 2, "90.00").id();
            seller.limit("ZQUIET", "sell", 3, "100.00");

            // Traded and answered, and not an event has left.
            portfolios.welcomeEvents(false);
            assertThat(settled.limit("ZQUIET", "buy", 3, "110.00").text("status"))
                    .isEqualTo("filled");

            portfolios.beforeReserve(stopping(stoppedBefore, stored, raising));
            portfolios.afterReserve(stopping(stoppedAfter, reserved, raised, lowering));
            stopped(stoppedBefore, stored, () -> stored.limit("ZQUIET", "buy", 1, "91.00"));
            stopped(stoppedAfter, reserved, () -> reserved.limit("ZQUIET", "buy", 1, "92.00"));
            stopped(stoppedBefore, raising, () -> raising.replace(raisingOrder, "{\"quantity\":5}"));
            stopped(stoppedAfter, raised, () -> raised.replace(raisedOrder, "{\"quantity\":5}"));
            stopped(stoppedAfter, lowering, () -> lowering.replace(loweringOrder, "{\"quantity\":1}"));

            // The writer waits for its lease, in the middle of its transaction.
            HeldWriter.takeLease(blocker);
            inBackground(() -> matching.limit("ZQUIET", "buy", 1, "93.00"));
            HeldWriter.awaitWriter(jdbi);
        }

        /** One request after the other, so that no two share a batch: the first one stopped would keep the other from its own step. */
        private void stopped(Set<UUID> where, OrdersClient client, Runnable request) {
            inBackground(request);
            Eventually.await("a client is stopped", SOON, () -> where.contains(client.id()));
        }

        /** Keeps the portfolios service from going on with a client's request for as long as the first process lives. */
        private Consumer<List<ReserveRequest>> stopping(Set<UUID> stopped, OrdersClient... clients) {
            Set<UUID> ids = new HashSet<>();
            List.of(clients).forEach(client -> ids.add(client.id()));
            return requests -> requests.stream()
                    .filter(request -> ids.contains(request.clientId()) && over.getCount() > 0)
                    .forEach(request -> {
                        stopped.add(request.clientId());
                        awaitKill();
                    });
        }

        private void awaitKill() {
            try {
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        private void inBackground(Runnable request) {
            CompletableFuture<Void> unused = CompletableFuture.runAsync(
                    request, command -> Thread.ofVirtual().start(command));
        }

        void kill() {
            doomed.kill();
            // What the fake had not taken up by then never arrived.
            portfolios.beforeReserve(requests -> {});
            portfolios.afterReserve(requests -> {});
            portfolios.forgetStopped();
            over.countDown();
            blocker.rollback();
            portfolios.welcomeEvents(true);
        }

        /** Whatever came of the story, nobody waits any more and no process is left. */
        @Override
        public void close() {
            doomed.close();
            over.countDown();
        }

        void check(OrdersServer reborn) {
            await(reborn, stored, "working", "91.00");
            await(reborn, reserved, "working", "92.00");
            await(reborn, matching, "working", "93.00");
            await(reborn, settled, "filled", "0");
            await(reborn, raising, "working", "90.00");
            await(reborn, raised, "working", "90.00");
            await(reborn, lowering, "working", "90.00");
            assertThat(portfolios.owned(settled.id(), "ZQUIET")).isEqualByComparingTo("3");
            assertThat(portfolios.owned(settled.id(), "USD")).isEqualByComparingTo("700.00");
            assertThat(portfolios.total("USD")).isEqualByComparingTo("7000.00");
            for (UUID replaced : List.of(raisingOrder, raisedOrder)) {
                OrdersClient owner = replaced.equals(raisingOrder) ? raising : raised;
                assertThat(owner.at(reborn.url())
                                .order(replaced)
                                .body()
                                .path("quantity")
                                .asLong())
                        .isEqualTo(1);
                assertThat(owner.at(reborn.url())
                                .replace(replaced, "{\"quantity\":2}")
                                .status())
                        .isEqualTo(200);
            }
            assertThat(lowering.at(reborn.url())
                            .order(loweringOrder)
                            .body()
                            .path("quantity")
                            .asLong())
                    .isEqualTo(1);
            assertThat(portfolios.complaints()).isEmpty();
            int unfinished = jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM hold_changes")
                    .mapTo(Integer.class)
                    .one());
            assertThat(unfinished).isZero();
        }

        /** The client has one order, it came to this state, and this much is held. */
        private void await(OrdersServer reborn, OrdersClient client, String status, String held) {
            OrdersClient there = client.at(reborn.url());
            Eventually.await("an order is " + status + " and holds " + held, SOON, () -> {
                Answer orders = there.get("/api/v1/orders");
                return orders.body().path("data").size() == 1
                        && orders.body()
                                .path("data")
                                .get(0)
                                .path("status")
                                .asText()
                                .equals(status)
                        && portfolios.held(client.id(), "USD").compareTo(new BigDecimal(held)) == 0;
            });
        }
    }
}
