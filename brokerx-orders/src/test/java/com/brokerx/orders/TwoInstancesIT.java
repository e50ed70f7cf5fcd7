package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.HeldWriter;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.OrdersProcess;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.AtOnce;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.StreamClient;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several instances on one database: any of them takes any request, one of them at a time changes a book. */
class TwoInstancesIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String GUARDS = "orders.stream.cancelOnDisconnect.every=200ms";

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");
    private final Jdbi jdbi = database.jdbi();
    private final TestIdentity identity = new TestIdentity();
    private final FakePortfolios portfolios = new FakePortfolios();

    @AfterEach
    void stop() {
        assertThat(portfolios.complaints()).isEmpty();
        portfolios.close();
        identity.close();
    }

    private OrdersServer start(String instanceId) {
        return OrdersServer.start(instanceId, database, identity, portfolios);
    }

    private OrdersClient funded(OrdersClient client) {
        portfolios.give(client.id(), "USD", "100000.00");
        portfolios.give(client.id(), "ZQUIET", "1000");
        return client;
    }

    private String ownerOf(String symbol) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT owner FROM book_leases WHERE symbol = :symbol")
                .bind("symbol", symbol)
                .mapTo(String.class)
                .one());
    }

    /** How long the owner may still keep it, were it not to say again that it lives. */
    private Duration leaseOf(String symbol) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT expires_at - clock_timestamp() FROM book_leases WHERE symbol = :symbol")
                .bind("symbol", symbol)
                .mapTo(Duration.class)
                .one());
    }

    @Test
    void anyInstanceTakesAnyRequest() {
        try (OrdersServer owner = start("owner");
                OrdersServer other = start("other")) {
            OrdersClient buyer = funded(other.client());
            OrdersClient seller = funded(owner.client());

            Answer working = buyer.limit("ZQUIET", "buy", 5, "100.00");
            Answer sold = seller.limit("ZQUIET", "sell", 2, "100.00");
            Answer replaced = buyer.replace(working.id(), "{\"quantity\":9}");
            // An instance that does not own the book may show a quote of a moment ago.
            Eventually.await("the quote", Duration.ofSeconds(20), () -> buyer.get("/api/v1/market_data/ZQUIET")
                    .body()
                    .at("/data/quote/bid")
                    .asText()
                    .equals("100.00"));
            Answer cancelled = buyer.cancel(working.id());

            assertThat(ownerOf("ZQUIET")).startsWith("owner/");
            assertThat(working.text("status")).isEqualTo("working");
            assertThat(working.header("X-Instance-Id")).isEqualTo("other");
            assertThat(sold.text("status")).isEqualTo("filled");
            assertThat(replaced.body().path("leaves_quantity").asLong()).isEqualTo(7);
            assertThat(cancelled.text("status")).isEqualTo("cancelled");
            assertThat(buyer.at(owner.url()).order(working.id()).body()).isEqualTo(cancelled.body());
            assertThat(buyer.cancel(working.id()).status()).isEqualTo(200);
            assertThat(buyer.replace(working.id(), "{\"quantity\":3}").text("code"))
                    .isEqualTo("invalid_state");
        }
    }

    @Test
    void ordersThroughBothInstancesAtOnceMeetInOneBook() {
        try (OrdersServer owner = start("owner");
                OrdersServer other = start("other")) {
            OrdersClient buyer = funded(other.client());
            OrdersClient seller = funded(owner.client());

            List<Answer> answers = AtOnce.times(
                    60,
                    i -> i % 2 == 0
                            ? buyer.at(i % 4 == 0 ? owner.url() : other.url()).limit("ZQUIET", "buy", 1, "100.00")
                            : seller.at(i % 4 == 1 ? owner.url() : other.url()).limit("ZQUIET", "sell", 1, "100.00"));

            assertThat(answers).extracting(Answer::status).containsOnly(201);
            Eventually.await(
                    "thirty trades are settled", SOON, () -> portfolios.trades().size() == 30);
            assertThat(portfolios.owned(buyer.id(), "ZQUIET")).isEqualByComparingTo("1030");
        }
    }

    @Test
    void aDrainedInstanceHandsItsBooksOverAtOnce() {
        OrdersServer leaving = start("leaving");
        try (OrdersServer staying = start("staying")) {
            OrdersClient buyer = funded(staying.client());
            UUID order = buyer.limit("ZQUIET", "buy", 5, "100.00").id();

            leaving.close();
            Answer next = buyer.limit("ZQUIET", "buy", 5, "101.00");

            assertThat(next.text("status")).isEqualTo("working");
            assertThat(ownerOf("ZQUIET")).startsWith("staying/");
            assertThat(buyer.cancel(order).text("status")).isEqualTo("cancelled");
        }
    }

    /** Its connections are lost with it: whose client does not come back, wants his orders cancelled by somebody else. */
    @Test
    void aKilledInstanceLosesItsBooksWithinThreeSecondsAndNoWishToCancelOnDisconnect() {
        try (OrdersProcess killed = OrdersProcess.start("killed", database, identity, portfolios, GUARDS);
                OrdersServer survivor = OrdersServer.start("survivor", database, identity, portfolios, GUARDS)) {
            OrdersClient buyer = funded(survivor.client());
            OrdersClient gone = funded(survivor.client());
            OrdersClient back = funded(survivor.client());
            UUID order = buyer.limit("ZQUIET", "buy", 5, "100.00").id();
            UUID goneOrder = gone.limit("ZQUIET", "buy", 1, "90.00").id();
            UUID backOrder = back.limit("ZQUIET", "buy", 1, "90.00").id();
            guarded(killed.url(), gone);
            StreamClient lost = guarded(killed.url(), back);
            assertThat(ownerOf("ZQUIET")).startsWith("killed/");

            killed.kill();
            long started = System.nanoTime();
            Duration left = leaseOf("ZQUIET");
            Eventually.await("the book has moved", SOON, () -> ownerOf("ZQUIET").startsWith("survivor/"));
            Duration moved = Duration.ofNanos(System.nanoTime() - started);

            // Which leaves half a second for the survivor to notice that it has ended, and more on a busy machine.
            assertThat(left).isLessThanOrEqualTo(Duration.ofMillis(2500));
            assertThat(moved).isLessThan(Duration.ofSeconds(6));
            assertThat(buyer.cancel(order).text("status")).isEqualTo("cancelled");
            lost.awaitClose();
            try (StreamClient again = guarded(survivor.url(), back)) {
                Eventually.await("the order is cancelled", SOON, () -> gone.order(goneOrder)
                        .text("status")
                        .equals("cancelled"));
                Eventually.await(
                        "nothing is held for it",
                        SOON,
                        () -> portfolios.heldFor(goneOrder).signum() == 0);
                Eventually.await("the other's lost guard is relieved", SOON, () -> guards(back) == 1);
                assertThat(back.order(backOrder).text("status")).isEqualTo("working");
                assertThat(again.received("error", "cancel_on_disconnect")).isEmpty();
            }
        }
    }

    private StreamClient guarded(URI at, OrdersClient client) {
        StreamClient stream = StreamClient.connect(at, identity.token(client.id()));
        stream.send("{\"action\":\"cancel_on_disconnect\",\"within\":\"5s\"}");
        stream.awaitSnapshot("cancel_on_disconnect");
        return stream;
    }

    private int guards(OrdersClient client) {
        return jdbi.withHandle(
                handle -> handle.createQuery("SELECT count(*) FROM disconnect_guards WHERE client_id = :client")
                        .bind("client", client.id())
                        .mapTo(Integer.class)
                        .one());
    }

    @Test
    void aFrozenWriterThatWakesUpLateCannotCommit() throws Exception {
        try (OrdersProcess frozen = OrdersProcess.start("frozen", database, identity, portfolios);
                OrdersServer survivor = start("survivor");
                Handle blocker = jdbi.open()) {
            OrdersClient seller = funded(survivor.client());
            OrdersClient buyer = funded(survivor.client());
            UUID sell = seller.limit("ZQUIET", "sell", 5, "100.00").id();

            // The old owner is stopped in the middle of the transaction that fills the order.
            HeldWriter.takeLease(blocker);
            CompletableFuture<Answer> late =
                    CompletableFuture.supplyAsync(() -> buyer.at(frozen.url()).limit("ZQUIET", "buy", 5, "100.00"));
            HeldWriter.awaitWriter(jdbi);
            frozen.freeze();
            blocker.rollback();
            Eventually.await("the book has moved", SOON, () -> ownerOf("ZQUIET").startsWith("survivor/"));
            assertThat(seller.cancel(sell).text("status")).isEqualTo("cancelled");

            frozen.thaw();
            Answer answer = late.get(30, TimeUnit.SECONDS);

            assertThat(answer.status()).isEqualTo(201);
            assertThat(seller.order(sell).body().path("filled_quantity").asLong())
                    .isZero();
            Eventually.await("the late order rests in the new owner's book", SOON, () -> survivorShows(survivor));
            assertThat(buyer.order(answer.id()).text("status")).isEqualTo("working");
            assertThat(portfolios.trades()).isEmpty();
        }
    }

    private static boolean survivorShows(OrdersServer survivor) {
        return survivor.client()
                .get("/api/v1/market_data/ZQUIET")
                .body()
                .path("data")
                .path("quote")
                .path("bid")
                .asText()
                .equals("100.00");
    }
}
