package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.OwnedDatabase;
import com.brokerx.testing.TestIdentity;
import org.junit.jupiter.api.Test;

/** The service under a role that may use the tables and nothing else; another one owns them. */
class DatabaseOwnerIT {

    @Test
    void worksWithoutTheRightToChangeTheSchema() {
        OwnedDatabase owned = OwnedDatabase.of("orders");
        try (TestIdentity identity = new TestIdentity();
                FakePortfolios portfolios = new FakePortfolios();
                OrdersServer server = OrdersServer.start(
                        "orders-1",
                        owned.database(),
                        identity,
                        portfolios,
                        "orders.database.url=" + owned.url(),
                        "orders.database.user=" + owned.service(),
                        "orders.databaseOwner.user=" + owned.owner())) {
            OrdersClient seller = server.client();
            OrdersClient buyer = server.client();
            portfolios.give(seller.id(), "ZQUIET", "10");
            portfolios.give(buyer.id(), "USD", "1000.00");

            seller.limit("ZQUIET", "sell", 10, "100.00");

            assertThat(buyer.limit("ZQUIET", "buy", 4, "100.00").text("status")).isEqualTo("filled");
            assertThat(buyer.get("/api/v1/market_data/ZQUIET/bars").body().path("data"))
                    .hasSize(1);
            owned.assertServiceMayNot(
                    "CREATE TABLE public.mine (id int)",
                    "DROP TRIGGER trades_only_grow ON trades",
                    "UPDATE executions SET text = 'nothing happened'",
                    "DELETE FROM trades",
                    "TRUNCATE executions",
                    "UPDATE databasechangelog SET md5sum = null",
                    "SET session_replication_role = replica");
        }
    }
}
