package com.brokerx.orders.order;

import java.util.Optional;
import java.util.UUID;

/** The house's last word on an order that breaks no rule, before it is stored. */
@FunctionalInterface
public interface Screening {

    /** Nobody objects to anything. */
    Screening NONE = (clientId, symbol) -> Optional.empty();

    /** Why this client may not trade this symbol now; empty when nothing speaks against it. */
    Optional<String> objection(UUID clientId, String symbol);
}
