package com.brokerx.orders.order;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** Looks orders up. */
public final class OrderQueries {

    private static final UUID FIRST = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1L, -1L);

    private final Jdbi jdbi;

    public OrderQueries(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The order if it is the caller's to see. */
    public Optional<Order> find(Caller caller, UUID orderId) {
        return jdbi.withHandle(handle -> OrderStore.find(handle, orderId))
                .filter(order -> caller.mayActFor(order.clientId()));
    }

    /** A client's orders in books. */
    public List<Order> open(UUID clientId) {
        return jdbi.withHandle(handle -> OrderStore.open(handle, clientId, Optional.empty(), FIRST, Integer.MAX_VALUE));
    }

    Page<Order> list(UUID clientId, OrderFilter filter, PageRequest page) {
        List<Order> orders = jdbi.withHandle(handle ->
                OrderStore.list(handle, clientId, filter, page.beforeId().orElse(LAST), page.limitPlusOne()));
        return Page.of(page, orders, Order::id);
    }
}
