package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.brokerx.facades.events.OrdersReported;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** What is told to the clients service, which mails it; the service goes by a clock that the test drives. */
class OrderReportsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String SYMBOL = "ZQUIET";

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-09T20:00:00Z"));

    @AutoClose
    private final RunningOrders orders = RunningOrders.startAt(clock, "orders.reports.gatherFor=10s");

    @Test
    void whatHappenedToOrdersIsGatheredForOneMail() {
        OrdersClient buyer = orders.buyer();
        OrdersClient seller = orders.seller();
        UUID order = buyer.limit(SYMBOL, "buy", 4, "99.00").id();
        seller.limit(SYMBOL, "sell", 1, "99.00");
        seller.limit(SYMBOL, "sell", 1, "99.00");
        UUID cancelled = buyer.limit(SYMBOL, "buy", 1, "90.00").id();
        buyer.cancel(cancelled);
        assertThat(mailsOf(buyer)).isEmpty();

        clock.advance(Duration.ofSeconds(10));
        Eventually.await("the buyer's news arrive", SOON, () -> !mailsOf(buyer).isEmpty());

        assertThat(mailsOf(buyer)).hasSize(1);
        assertThat(mailsOf(buyer).getFirst().reports())
                .extracting(OrdersReported.Report::orderId, OrdersReported.Report::status)
                .containsExactly(tuple(order, "partially_filled"), tuple(cancelled, "cancelled"));
        assertThat(mailsOf(buyer).getFirst().reports().getFirst().averagePrice())
                .isEqualByComparingTo("99.00");
    }

    private List<OrdersReported> mailsOf(OrdersClient client) {
        return orders.portfolios().reported().stream()
                .filter(mail -> mail.clientId().equals(client.id()))
                .toList();
    }
}
