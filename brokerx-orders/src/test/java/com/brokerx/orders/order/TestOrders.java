package com.brokerx.orders.order;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.id.Ids;
import com.brokerx.orders.book.TimeInForce;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Orders for tests. */
public final class TestOrders {

    private TestOrders() {}

    /** A limit order in ZQUIET that waits for its funds; good till cancelled. */
    public static Order pending(UUID client, Direction direction, long quantity, long limitTicks) {
        return pending(client, direction, quantity, limitTicks, 0);
    }

    public static Order pending(UUID client, Direction direction, long quantity, long limitTicks, int feePpm) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        Ticket ticket = new Ticket(
                Ids.next(),
                client,
                "ZQUIET",
                direction,
                OrderType.LIMIT,
                false,
                feePpm,
                null,
                null,
                null,
                "request",
                now);
        return new Order(ticket, OrderState.pending(new Terms(quantity, limitTicks, 0, TimeInForce.GTC, null), now));
    }

    /** A sale in ZQUIET at one price, or at the market once another one is reached. */
    public static Order oco(UUID client, long quantity, long limitTicks, long stopTicks) {
        Ticket ticket = new Ticket(
                Ids.next(),
                client,
                "ZQUIET",
                Direction.SELL,
                OrderType.OCO,
                false,
                0,
                null,
                null,
                null,
                "request",
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        Terms terms = new Terms(quantity, limitTicks, stopTicks, TimeInForce.GTC, null);
        return new Order(ticket, OrderState.pending(terms, ticket.createdAt()));
    }

    /** A sale in ZQUIET at the market, though not below 80.00, once a price is reached. */
    public static Order stop(UUID client, long quantity, long stopTicks) {
        Ticket ticket = new Ticket(
                Ids.next(),
                client,
                "ZQUIET",
                Direction.SELL,
                OrderType.STOP,
                false,
                0,
                null,
                null,
                null,
                "request",
                Instant.now().truncatedTo(ChronoUnit.MICROS));
        Terms terms = new Terms(quantity, 8_000, stopTicks, TimeInForce.GTC, null);
        return new Order(ticket, OrderState.pending(terms, ticket.createdAt()));
    }

    /** A buy in ZQUIET that expires. */
    public static Order expiring(UUID client, long quantity, long limitTicks, Instant at) {
        Order order = pending(client, Direction.BUY, quantity, limitTicks);
        return order.with(OrderState.pending(
                new Terms(quantity, limitTicks, 0, TimeInForce.DAY, at),
                order.ticket().createdAt()));
    }

    /** Stores an order as the acceptance does. */
    public static void store(Handle tx, Order order) {
        Pipeline pipeline = new Pipeline(tx);
        OrderStore.insert(pipeline, List.of(order));
        pipeline.run();
    }
}
