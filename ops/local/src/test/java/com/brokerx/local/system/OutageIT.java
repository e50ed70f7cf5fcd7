package com.brokerx.local.system;

import static com.brokerx.local.system.Trader.limit;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.system.Http.Answer;
import com.brokerx.testing.Eventually;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** One service is down, and the others say so and go on. */
class OutageIT {

    private static final String QUIET = "ZQUIET";
    private static Brokerage brokerage;

    @BeforeAll
    static void open() {
        brokerage = Brokerage.open();
    }

    @AfterAll
    static void close() {
        brokerage.close();
    }

    @Test
    void withoutPortfoliosAnOrderIsRefusedSoonAndNothingIsLeftHalfDone() {
        Trader buyer = brokerage.newTrader("outage");
        buyer.deposit("1000.00");
        Map<String, Object> order = new HashMap<>(limit("buy", QUIET, 1, "90.00"));
        order.put("client_order_id", "after the outage");
        buyer.place(limit("buy", QUIET, 1, "60.00")).expect(201); // warm
        brokerage.service(Brokerage.PORTFOLIOS).kill();

        long started = System.nanoTime();
        Answer refused = buyer.place(order).expect(503);
        Duration took = Duration.ofNanos(System.nanoTime() - started);

        assertThat(took).isLessThan(Duration.ofSeconds(2));
        assertThat(refused.text("/code")).isEqualTo("service_unavailable");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();

        brokerage.service(Brokerage.PORTFOLIOS).start();
        brokerage.service(Brokerage.PORTFOLIOS).awaitHealthy();
        Eventually.await("one hold, that of the first order", Duration.ofSeconds(20), () -> buyer.reserved()
                .toPlainString()
                .equals("60.00"));
        Eventually.await("the same key places the order now", Duration.ofSeconds(20), () -> {
            Answer again = buyer.place(order);
            return again.status() == 201 || again.status() == 200;
        });
        assertThat(buyer.reserved()).isEqualByComparingTo("150.00");
    }

    @Test
    void withoutClientsWhoIsSignedInGoesOnTrading() {
        Trader trader = brokerage.newTrader("signed-in");
        trader.deposit("500.00");
        trader.place(limit("buy", QUIET, 1, "70.00")).expect(201);
        brokerage.service(Brokerage.CLIENTS).kill();
        try {
            trader.place(limit("buy", QUIET, 1, "70.00")).expect(201);
            trader.deposit("10.00");
        } finally {
            brokerage.service(Brokerage.CLIENTS).start();
            brokerage.service(Brokerage.CLIENTS).awaitHealthy();
        }
    }
}
