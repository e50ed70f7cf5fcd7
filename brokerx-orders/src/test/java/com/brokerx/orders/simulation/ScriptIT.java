package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the tests of a program that trades here may have happen to it. */
@ExtendWith(SharedOrders.class)
class ScriptIT {

    private static final String SYMBOL = "ZQUIET";

    private final RunningOrders orders;
    private final OrdersClient script;

    ScriptIT(RunningOrders orders) {
        this.orders = orders;
        this.script = orders.server().client();
    }

    private Answer fill(UUID order, String body) {
        return script.postInternally("/internal/simulation/orders/" + order + "/fill", body);
    }

    @Test
    void anOrderIsFilledInPartAndThenWhole() {
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        Answer part = fill(order, "{\"quantity\":4}");
        Answer whole = fill(order, "");

        assertThat(part.text("status")).isEqualTo("partially_filled");
        assertThat(part.body().path("filled_quantity").asLong()).isEqualTo(4);
        assertThat(whole.text("status")).isEqualTo("filled");
        assertThat(whole.text("average_price")).isEqualTo("90.00");
        orders.awaitHeld(buyer, "USD", "0");
        assertThat(orders.portfolios().owned(buyer.id(), SYMBOL)).isEqualByComparingTo("10");
    }

    @Test
    void anOrderIsFilledThroughThoseThatStandBeforeIt() {
        OrdersClient better = orders.seller();
        OrdersClient seller = orders.seller();
        UUID first = better.limit(SYMBOL, "sell", 3, "110.00").id();
        UUID second = better.limit(SYMBOL, "sell", 2, "111.00").id();
        UUID order = seller.limit(SYMBOL, "sell", 5, "111.00").id();

        Answer filled = fill(order, "{\"quantity\":5}");

        assertThat(filled.text("status")).isEqualTo("filled");
        assertThat(better.order(first).text("status")).isEqualTo("filled");
        assertThat(better.order(second).text("status")).isEqualTo("filled");
    }

    @Test
    void saysWhyAnOrderCannotBeFilled() {
        OrdersClient buyer = orders.buyer();
        UUID order = buyer.limit(SYMBOL, "buy", 10, "90.00").id();

        assertThat(fill(UUID.randomUUID(), "").status()).isEqualTo(404);
        assertThat(fill(order, "{\"quantity\":11}").text("code")).isEqualTo("invalid_quantity");
        assertThat(fill(order, "{\"quantity\":0}").status()).isEqualTo(422);
        buyer.cancel(order);
        assertThat(fill(order, "{\"quantity\":1}").status()).isEqualTo(422);
    }

    @Test
    void refusesTheNextOrdersOfAClientAndNobodyElses() {
        OrdersClient buyer = orders.buyer();

        script.postInternally(
                "/internal/simulation/rejections", "{\"client_id\":\"%s\",\"count\":2}".formatted(buyer.id()));

        for (int i = 0; i < 2; i++) {
            Answer refused = buyer.limit(SYMBOL, "buy", 1, "90.00");
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.text("code")).isEqualTo("trading_restricted");
            assertThat(buyer.order(refused.orderId()).text("status")).isEqualTo("rejected");
        }
        assertThat(orders.buyer().limit(SYMBOL, "buy", 1, "90.00").status()).isEqualTo(201);
        assertThat(buyer.limit(SYMBOL, "buy", 1, "90.00").status()).isEqualTo(201);
    }

    @Test
    void haltsASymbolAndLetsItTradeAgain() {
        OrdersClient buyer = orders.buyer();
        String path = "/internal/simulation/instruments/TSLA";

        assertThat(script.postInternally(path, "{\"status\":\"halted\"}").text("status"))
                .isEqualTo("halted");
        assertThat(buyer.limit("TSLA", "buy", 1, "240.00").text("code")).isEqualTo("symbol_halted");
        assertThat(script.postInternally(path, "{\"status\":\"trading\"}").status())
                .isEqualTo(200);
        assertThat(buyer.limit("TSLA", "buy", 1, "240.00").status()).isEqualTo(201);
        assertThat(script.postInternally(path, "{\"status\":\"closed\"}").status())
                .isEqualTo(422);
    }

    @Test
    void isForOurOwnOnly() {
        assertThat(script.post("/internal/simulation/instruments/" + SYMBOL, "{\"status\":\"halted\"}")
                        .status())
                .isEqualTo(401);
    }
}
