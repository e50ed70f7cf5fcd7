package com.brokerx.orders.order;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;

/** Orders by what became of them. */
public final class OrderMetrics {

    private final Counter placed;

    public OrderMetrics(CollectorRegistry registry) {
        placed = Counter.build("orders_placed_total", "Requests to place an order, by what they were answered")
                .labelNames("outcome")
                .register(registry);
    }

    void placed(PlaceOutcome outcome) {
        placed.labels(labelOf(outcome)).inc();
    }

    private static String labelOf(PlaceOutcome outcome) {
        return switch (outcome) {
            case PlaceOutcome.Placed(var order, var replayed) ->
                replayed ? "replayed" : order.status().wireName();
            case PlaceOutcome.Refused(var order, var detail, var replayed) ->
                replayed ? "replayed" : order.state().rejectCode();
            case PlaceOutcome.Unusable(var problem) -> problem.code().wireName();
            case PlaceOutcome.KeyConflict conflict -> "key_conflict";
            case PlaceOutcome.BooksFull full -> "books_full";
            case PlaceOutcome.Unavailable unavailable -> "service_unavailable";
        };
    }
}
