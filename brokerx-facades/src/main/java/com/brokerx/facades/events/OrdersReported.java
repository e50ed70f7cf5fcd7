package com.brokerx.facades.events;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * What became of a client's orders, for the confirmation mail. Partial fills and orders that end shortly after one another are
 * gathered into one event, so that a busy client is not flooded.
 *
 * @param leftOut how many earlier entries of the client's event log no event is about, since there were too many
 */
@EventType("orders.reported")
public record OrdersReported(UUID clientId, List<Report> reports, long leftOut) implements DomainEvent {

    /**
     * @param status {@code partially_filled}, {@code filled}, {@code cancelled}, {@code expired} or {@code rejected}
     * @param averagePrice null where nothing was filled
     * @param rejectCode null unless refused or cancelled by a rule
     */
    public record Report(
            UUID orderId,
            String symbol,
            String direction,
            long quantity,
            long filledQuantity,
            BigDecimal averagePrice,
            String currency,
            String status,
            String rejectCode,
            Instant at) {}

    public OrdersReported {
        reports = List.copyOf(reports);
    }

    @Override
    public String aggregate() {
        return clientId.toString();
    }
}
