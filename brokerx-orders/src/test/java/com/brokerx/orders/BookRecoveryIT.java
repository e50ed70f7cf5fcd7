package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.FakePortfolios;
import com.brokerx.orders.testing.OrdersServer;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A large book is there again soon after its owner died. */
class BookRecoveryIT {

    private static final Logger LOG = LoggerFactory.getLogger(BookRecoveryIT.class);
    private static final int ORDERS = 100_000;
    /** On a quiet machine it is less than two; tests run on busy ones. */
    private static final double SECONDS = 8;

    private static final Duration SOON = Duration.ofSeconds(30);

    private final TestDatabase database = TestDatabase.migrated("orders/migrations.xml");

    /** Buys from 60.00 to 99.99 of a hundred clients, and one at 100.00; each tenth is partly filled. */
    private void fillTheBook() {
        database.jdbi().useHandle(handle -> {
            handle.execute("""
                    INSERT INTO orders (id, client_id, created_at, updated_at, limit_ticks, quantity, filled, notional, fee_ppm,
                                        lock_version, reserve_version, status, direction, type, time_in_force, symbol,
                                        correlation_id)
                    SELECT uuidv7(), md5((i % 100)::text)::uuid, now(), now(),
                           CASE WHEN i = 1 THEN 10000 ELSE 6000 + i % 4000 END, 10,
                           CASE WHEN i % 10 = 0 THEN 3 ELSE 0 END, CASE WHEN i % 10 = 0 THEN 30000 ELSE 0 END, 0, 2, 1,
                           CASE WHEN i % 10 = 0 THEN 'partially_filled' ELSE 'working' END::order_status, 'buy', 'limit',
                           'GTC', 'ZQUIET', 'test'
                    FROM generate_series(1, ?) AS i""", ORDERS);
            handle.execute("""
                    INSERT INTO open_orders (client_id, order_id, symbol, priority)
                    SELECT client_id, id, symbol, row_number() OVER (ORDER BY id) FROM orders""");
            handle.execute("""
                    INSERT INTO client_logs (client_id, last_sequence, open_orders)
                    SELECT client_id, 0, count(*) FROM orders GROUP BY client_id""");
            handle.execute("ANALYZE");
        });
    }

    @Test
    void aBookOfAHundredThousandOpenOrdersIsBuiltWithinTwoSeconds() {
        try (TestIdentity identity = new TestIdentity();
                FakePortfolios portfolios = new FakePortfolios()) {
            fillTheBook();
            try (OrdersServer server = OrdersServer.start("orders-1", database, identity, portfolios)) {
                Eventually.await("the book is built", SOON, () -> builtIn(server) > 0);

                LOG.warn("a book of {} open orders was built in {} s", ORDERS, builtIn(server));
                assertThat(builtIn(server)).isLessThan(SECONDS);
                assertThat(server.metric("orders_book_depth{symbol=\"ZQUIET\",}"))
                        .isEqualTo(ORDERS);
                assertThat(server.client()
                                .get("/api/v1/market_data/ZQUIET")
                                .body()
                                .at("/data/orderbook/bids/0")
                                .toString())
                        .isEqualTo("[\"100.00\",10]");
            }
        }
    }

    private static double builtIn(OrdersServer server) {
        return server.metric("orders_book_build_seconds{symbol=\"ZQUIET\",}");
    }
}
