package com.brokerx.facades.events;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DomainEventTest {

    static Stream<DomainEvent> events() {
        UUID id = UUID.randomUUID();
        Instant at = Instant.parse("2026-01-31T12:34:56.789012Z");
        var leg = new TradeExecuted.Leg(
                id, id, new BigDecimal("0.10"), 2, new BigDecimal("17.5"), new BigDecimal("17.5"), true);
        return Stream.of(
                new ClientEmailVerified(id),
                new ClientClosed(id),
                new DepositCompleted(id, id, new BigDecimal("1.00"), "USD", at),
                new WithdrawalCompleted(id, id, new BigDecimal("1.00"), "USD", at),
                new TradeExecuted(
                        id, "AAPL", 7, new BigDecimal("175.01"), 3, new BigDecimal("525.03"), "USD", leg, leg, at),
                new OrderClosed(id, id, "AAPL", "USD", new BigDecimal("525.03"), "cancelled"),
                new OrdersReported(
                        id,
                        List.of(new OrdersReported.Report(
                                id, "AAPL", "buy", 3, 3, new BigDecimal("175.01"), "USD", "filled", null, at)),
                        0));
    }

    @ParameterizedTest
    @MethodSource("events")
    void survivesTheWayOverTheWire(DomainEvent event) throws Exception {
        Class<? extends DomainEvent> type = DomainEvent.classOf(event.type()).orElseThrow();

        assertThat(Json.mapper().readValue(Json.mapper().writeValueAsString(event), type))
                .isEqualTo(event);
        assertThat(event.aggregate()).isNotBlank();
    }

    @Test
    void aTradeOfAnEarlierVersionFillsNothingByItself() throws Exception {
        String leg = """
                {"order_id": "0198c2a0-0000-7000-8000-000000000001", "client_id": "0198c2a0-0000-7000-8000-000000000002",
                 "fee": "0.00", "version": 1, "authorized_after": "5.00", "settled_after": "5.00"}""";

        assertThat(Json.mapper().readValue(leg, TradeExecuted.Leg.class).filled())
                .isFalse();
    }
}
