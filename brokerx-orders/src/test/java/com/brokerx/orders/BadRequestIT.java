package com.brokerx.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.OrdersClient.Answer;
import com.brokerx.orders.testing.RunningOrders;
import com.brokerx.orders.testing.SharedOrders;
import com.brokerx.testing.TestIdentity;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is sent, the answer is a documented problem, and nothing changes. */
@ExtendWith(SharedOrders.class)
class BadRequestIT {

    private static final String GOOD =
            "{\"symbol\":\"ZQUIET\",\"direction\":\"buy\",\"order_type\":\"limit\",\"quantity\":1,\"price\":\"100.00\"%s}";

    private final RunningOrders orders;

    BadRequestIT(RunningOrders orders) {
        this.orders = orders;
    }

    static Stream<Arguments> badBodies() {
        return Stream.of(
                body("", 400, "malformed_json"),
                body("{", 400, "malformed_json"),
                body("[]", 422, "validation_failed"),
                body("\"order\"", 422, "validation_failed"),
                body("{}", 422, "validation_failed"),
                body(GOOD.formatted(",\"time_in_fore\":\"IOC\""), 422, "unknown_field"),
                body(GOOD.formatted(",\"symbol\":\"AAPL\""), 400, "malformed_json"),
                body(GOOD.formatted(",\"order\":{}"), 422, "validation_failed"),
                body("{\"order\":{\"sybmol\":\"AAPL\"}}", 422, "unknown_field"),
                body(GOOD.replace("\"buy\"", "\"hold\"").formatted(""), 422, "validation_failed"),
                body(GOOD.replace("\"buy\"", "7").formatted(""), 422, "validation_failed"),
                body(GOOD.replace("\"limit\"", "\"iceberg\"").formatted(""), 422, "validation_failed"),
                body(GOOD.formatted(",\"time_in_force\":\"EVER\""), 422, "validation_failed"),
                body(GOOD.formatted(",\"time_in_force\":\"GTD\""), 422, "invalid_expiry"),
                body(
                        GOOD.formatted(",\"time_in_force\":\"GTD\",\"expires_at\":\"tomorrow\""),
                        422,
                        "validation_failed"),
                body(GOOD.formatted(",\"stop_price\":\"x\""), 422, "validation_failed"),
                body("""
                        {"symbol":"ZQUIET","direction":"buy","order_type":"stop","quantity":1,"stop_price":"90000000000000000"}""", 422, "invalid_stop_price"),
                body(GOOD.formatted(",\"post_only\":\"yes\""), 422, "validation_failed"),
                body(GOOD.replace("ZQUIET", "NOSUCH").formatted(""), 422, "unknown_symbol"),
                body(GOOD.replace(":1,", ":0,").formatted(""), 422, "invalid_quantity"),
                body(GOOD.replace(":1,", ":-5,").formatted(""), 422, "invalid_quantity"),
                body(GOOD.replace(":1,", ":1.5,").formatted(""), 422, "validation_failed"),
                body(GOOD.replace(":1,", ":\"1\",").formatted(""), 422, "validation_failed"),
                body(GOOD.replace(":1,", ":99999999999999999999,").formatted(""), 422, "validation_failed"),
                body(GOOD.replace(":1,", ":9223372036854775807,").formatted(""), 422, "invalid_quantity"),
                body(GOOD.replace("100.00", "100.001").formatted(""), 422, "price_off_tick"),
                body(GOOD.replace("100.00", "0").formatted(""), 422, "invalid_price"),
                body(GOOD.replace("100.00", "-1").formatted(""), 422, "invalid_price"),
                body(GOOD.replace("100.00", "NaN").formatted(""), 422, "validation_failed"),
                body(GOOD.replace("100.00", "1e999999").formatted(""), 422, "validation_failed"),
                body(GOOD.replace("\"100.00\"", "true").formatted(""), 422, "validation_failed"),
                body(GOOD.replace("100.00", "9999999999999999").formatted(""), 422, "price_outside_band"),
                body(GOOD.formatted(",\"client_order_id\":\"\""), 422, "validation_failed"),
                body(GOOD.formatted(",\"client_order_id\":\"" + "x".repeat(129) + "\""), 422, "validation_failed"),
                body(" ".repeat(70_000), 413, "payload_too_large"));
    }

    private static Arguments body(String body, int status, String code) {
        return Arguments.of(body, status, code);
    }

    @ParameterizedTest
    @MethodSource("badBodies")
    void aBadOrderGetsTheDocumentedProblem(String body, int status, String code) {
        OrdersClient client = orders.client("USD", "1000.00");

        Answer answer = client.post("/api/v1/orders", body);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.body().path("request_id").asText()).isNotEmpty();
        assertThat(orders.portfolios().held(client.id(), "USD")).isZero();
    }

    @Test
    void anOrderMayBeFlatOrWrapped() {
        OrdersClient client = orders.client("USD", "1000.00");
        String flat = GOOD.formatted("").replace("100.00", "90.00");

        assertThat(client.post("/api/v1/orders", flat).status()).isEqualTo(201);
        assertThat(client.post("/api/v1/orders", "{\"order\":" + flat + "}").status())
                .isEqualTo(201);
    }

    @Test
    void whoSendsNoTokenOrAForgedOneIsTurnedAway() {
        OrdersClient forged;
        try (TestIdentity other = new TestIdentity()) {
            forged = orders.server().clientOf(other);
        }

        Answer answer = forged.post("/api/v1/orders", GOOD.formatted(""));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.text("code")).isEqualTo("unauthorized");
        assertThat(answer.header("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void unknownPathsMethodsAndIdsAreProblemsToo() {
        OrdersClient client = orders.client();

        assertThat(client.get("/api/v1/nothing").text("code")).isEqualTo("not_found");
        assertThat(client.get("/api/v1/orders/not-an-id").status()).isEqualTo(404);
        assertThat(client.delete("/api/v1/orders").text("code")).isEqualTo("method_not_allowed");
        assertThat(client.get("/internal/books/ZQUIET").status()).isEqualTo(401);
        assertThat(client.get("/api/v1/orders?limit=0").status()).isEqualTo(422);
        assertThat(client.get("/api/v1/orders?cursor=nonsense").status()).isEqualTo(422);
        assertThat(client.get("/api/v1/orders/events?after=x").status()).isEqualTo(422);
        assertThat(client.get("/api/v1/orders/events?after=-1").status()).isEqualTo(422);
        assertThat(client.get("/api/v1/orders/events?cursor=x").status()).isEqualTo(422);
        assertThat(client.get("/api/v1/orders?updated_after=%2B300000-01-01T00:00:00Z")
                        .status())
                .isEqualTo(422);
        assertThat(client.get("/api/v1/orders?client_order_id=%00").text("code"))
                .isEqualTo("validation_failed");
        assertThat(client.get("/api/v1/market_data/ZQUIET/bars?interval=2m").status())
                .isEqualTo(422);
        assertThat(client.get("/api/v1/market_data/ZQUIET?depth=0").status()).isEqualTo(422);
        assertThat(client.replace(UUID.randomUUID(), "{\"quantity\":1}").status())
                .isEqualTo(404);
    }
}
