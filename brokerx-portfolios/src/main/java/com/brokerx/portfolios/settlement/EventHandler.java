package com.brokerx.portfolios.settlement;

import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.commons.outbox.WebhookReceiver;
import com.brokerx.facades.events.ClientClosed;
import com.brokerx.facades.events.ClientEmailVerified;
import com.brokerx.facades.events.DepositCompleted;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.facades.events.OrdersReported;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.facades.events.WithdrawalCompleted;
import com.brokerx.portfolios.portfolio.Portfolios;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What this service does when something happened in another one. */
public final class EventHandler implements WebhookReceiver.Handler {

    private final Portfolios portfolios;
    private final SettlementService settlement;

    public EventHandler(Portfolios portfolios, SettlementService settlement) {
        this.portfolios = portfolios;
        this.settlement = settlement;
    }

    @Override
    public void handle(Handle tx, List<EventEnvelope> envelopes) {
        List<UUID> verified = new ArrayList<>();
        List<UUID> closed = new ArrayList<>();
        List<MarketEvent> market = new ArrayList<>();
        for (EventEnvelope envelope : envelopes) {
            // An unknown type comes from a newer version of the sender, who knows that nobody listens to it yet.
            DomainEvent.classOf(envelope.type())
                    .map(type -> read(envelope, type))
                    .ifPresent(event -> {
                        switch (event) {
                            case ClientEmailVerified(UUID client) -> verified.add(client);
                            case ClientClosed(UUID client) -> closed.add(client);
                            case TradeExecuted traded -> market.add(settlement.read(traded));
                            case OrderClosed ended -> market.add(settlement.read(ended));
                            case DepositCompleted ignored -> {}
                            case WithdrawalCompleted ignored -> {}
                            case OrdersReported ignored -> {}
                        }
                    });
        }
        if (!verified.isEmpty()) {
            portfolios.openDefault(tx, verified);
        }
        if (!market.isEmpty()) {
            settlement.settle(tx, market);
        }
        if (!closed.isEmpty()) {
            portfolios.close(tx, closed);
        }
    }

    private static DomainEvent read(EventEnvelope envelope, Class<? extends DomainEvent> type) {
        try {
            return Json.mapper().treeToValue(envelope.data(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event " + envelope.id() + " cannot be read", e);
        }
    }
}
