package com.brokerx.monolith;

import static com.brokerx.monolith.RunningMonolith.CONTEXTS;
import static com.brokerx.monolith.RunningMonolith.SOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.migration.DataCopy;
import com.brokerx.monolith.RunningMonolith.Client;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The services in one process over one database, as before a migration; and their move to databases of their own, which ends it. */
@TestMethodOrder(OrderAnnotation.class)
class MonolithIT {

    private static final TestDatabase SHARED = TestDatabase.empty();

    private static Map<String, String> databases;
    private static RunningMonolith monolith;
    private static Client seller;
    private static Client buyer;

    @BeforeAll
    static void start() throws Exception {
        databases = new TreeMap<>();
        CONTEXTS.forEach(context -> databases.put(context, SHARED.url() + "&currentSchema=" + context));
        monolith = new RunningMonolith(databases);
    }

    @AfterAll
    static void stop() {
        monolith.close();
    }

    @Test
    @Order(1)
    void twoClientsTradeAndAreSettledInOneProcess() {
        seller = monolith.newClient("ann");
        buyer = monolith.newClient("bob");
        monolith.give(seller, "ZQUIET", 10);
        monolith.post("/api/v1/deposits", Map.of("amount", "1000.00"), buyer.token());

        JsonNode sale = monolith.order(seller, "sell", 7, "sale");
        JsonNode purchase = monolith.order(buyer, "buy", 5, "purchase");

        assertThat(sale.path("status").asText()).as(sale.toString()).isEqualTo("working");
        assertThat(purchase.path("status").asText()).as(purchase.toString()).isEqualTo("filled");
        awaitBalances("500.00", "500.00");
    }

    private static void awaitBalances(String sellers, String buyers) {
        Eventually.await(
                "settlement",
                SOON,
                () -> monolith.portfolio(seller, "cash_balance").equals(sellers)
                        && monolith.portfolio(buyer, "cash_balance").equals(buyers)
                        && monolith.portfolio(buyer, "reserved_balance").equals("0.00"));
    }

    @Test
    @Order(2)
    void everyServiceHasASchemaOfItsOwn() {
        List<String> schemas = SHARED.jdbi().withHandle(handle -> handle.createQuery(
                        "SELECT schemaname FROM pg_tables WHERE tablename = 'outbox' ORDER BY schemaname")
                .mapTo(String.class)
                .list());

        assertThat(schemas).containsExactlyElementsOf(CONTEXTS);
    }

    @Test
    @Order(2)
    void showsTheSeriesAndTheHealthOfAllItsServices() {
        String metrics = monolith.admin("/metrics").body();
        HttpResponse<String> health = monolith.admin("/healthcheck");

        for (String context : CONTEXTS) {
            assertThat(metrics)
                    .contains("outbox_lag_seconds{service=\"" + context + "\",}")
                    .contains("db_pool_connections{pool=\"" + context + "\",state=\"idle\",}");
            assertThat(health.body()).contains("\"" + context + "\"");
        }
        assertThat(health.statusCode()).as(health.body()).isEqualTo(200);
    }

    /** Steps 3 to 5 of docs/migration.md: one context by itself, then the rest. */
    @Test
    @Order(3)
    void contextsMoveToDatabasesOfTheirOwnAndTradingGoesOn() throws Exception {
        moveToTheirOwnDatabases("portfolios");
        assertThat(monolith.portfolio(seller, "cash_balance"))
                .as("a token from before the move is as good as before")
                .isEqualTo("500.00");
        tradeOneMore();
        awaitBalances("600.00", "400.00");

        moveToTheirOwnDatabases("clients", "orders");
        buyer = new Client(buyer.id(), monolith.signIn("bob@example.com"));
        tradeOneMore();
        awaitBalances("700.00", "300.00");
    }

    /** Meets the sale that has been resting in the book since before the moves. */
    private static void tradeOneMore() {
        String key = UUID.randomUUID().toString();
        Eventually.await("a fill", SOON, () -> monolith.order(buyer, "buy", 1, key)
                .path("status")
                .asText()
                .equals("filled"));
    }

    private static void moveToTheirOwnDatabases(String... contexts) throws Exception {
        monolith.close();
        for (String context : contexts) {
            TestDatabase own = TestDatabase.migrated(context + "/migrations.xml");
            new DataCopy(databases.get(context), own.url(), "postgres", "", System.out).run(false, false);
            databases.put(context, own.url());
        }
        monolith = new RunningMonolith(databases);
    }
}
