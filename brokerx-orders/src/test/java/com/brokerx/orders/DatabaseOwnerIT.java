package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The service under a role that may use the tables and nothing else; another one owns them. */
class DatabaseOwnerIT {

    private static final String SERVICE = "orders_service";
    private static final TestDatabase DATABASE = TestDatabase.empty();
    /** Without the user that stands in the test database's URL and wins over every other. */
    private static final String URL = DATABASE.url().replaceFirst("\\?.*", "");

    @Test
    void worksWithoutTheRightToChangeTheSchema() {
        DATABASE.jdbi().useHandle(handle -> {
            handle.execute("CREATE ROLE orders_owner LOGIN");
            handle.execute("CREATE ROLE " + SERVICE + " LOGIN");
            String database = handle.createQuery("SELECT current_database()")
                    .mapTo(String.class)
                    .one();
            handle.execute("ALTER DATABASE " + database + " OWNER TO orders_owner");
            handle.execute("ALTER SCHEMA public OWNER TO orders_owner");
        });
        try (TestIdentity identity = new TestIdentity();
                FakePortfolios portfolios = new FakePortfolios();
                OrdersServer server = OrdersServer.start(
                        "orders-1",
                        DATABASE,
                        identity,
                        portfolios,
                        "orders.database.url=" + URL,
                        "orders.database.user=" + SERVICE,
                        "orders.databaseOwner.user=orders_owner")) {
            OrdersClient seller = server.client();
            OrdersClient buyer = server.client();
            portfolios.give(seller.id(), "ZQUIET", "10");
            portfolios.give(buyer.id(), "USD", "1000.00");

            seller.limit("ZQUIET", "sell", 10, "100.00");

            assertThat(buyer.limit("ZQUIET", "buy", 4, "100.00").text("status")).isEqualTo("filled");
            assertThat(buyer.get("/api/v1/market_data/ZQUIET/bars").body().path("data"))
                    .hasSize(1);
            refusesEverythingElse();
        }
    }

    private static void refusesEverythingElse() {
        for (String sql : new String[] {
            "CREATE TABLE public.mine (id int)",
            "DROP TRIGGER trades_only_grow ON trades",
            "UPDATE executions SET text = 'nothing happened'",
            "DELETE FROM trades",
            "TRUNCATE executions",
            "UPDATE databasechangelog SET md5sum = null",
            "SET session_replication_role = replica"
        }) {
            assertThatThrownBy(() -> asService().useHandle(handle -> handle.execute(sql)), sql)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }

    private static Jdbi asService() {
        return Jdbi.create(URL, SERVICE, "");
    }
}
