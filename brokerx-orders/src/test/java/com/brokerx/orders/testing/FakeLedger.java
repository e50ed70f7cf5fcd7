package com.brokerx.orders.testing;

import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.facades.events.OrderClosed;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.facades.portfolios.PortfoliosFacade.Balance;
import com.brokerx.facades.portfolios.PortfoliosFacade.JournalRequest;
import com.brokerx.facades.portfolios.PortfoliosFacade.Position;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveOutcome;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveRequest;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** What clients own and what is held for their orders, by the rules of the real portfolios service, written down as plainly as can be. */
final class FakeLedger {

    private static final class Reservation {
        private final UUID client;
        private final String asset;
        private int version;
        private BigDecimal authorized = BigDecimal.ZERO;
        private BigDecimal settled = BigDecimal.ZERO;
        private boolean closed;

        Reservation(UUID client, String asset) {
            this.client = client;
            this.asset = asset;
        }

        BigDecimal held() {
            return authorized.subtract(settled);
        }
    }

    private record Account(UUID client, String asset) {}

    private final Map<Account, BigDecimal> owned = new HashMap<>();
    private final Map<UUID, Reservation> reservations = new HashMap<>();
    private final Set<UUID> seen = new HashSet<>();
    private final Map<String, JournalRequest> journals = new HashMap<>();
    private final List<TradeExecuted> trades = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private BigDecimal fees = BigDecimal.ZERO;

    synchronized void give(UUID client, String asset, String amount) {
        owned.merge(new Account(client, asset), new BigDecimal(amount), BigDecimal::add);
    }

    synchronized BigDecimal owned(UUID client, String asset) {
        return owned.getOrDefault(new Account(client, asset), BigDecimal.ZERO);
    }

    synchronized BigDecimal held(UUID client, String asset) {
        return reservations.values().stream()
                .filter(reservation -> reservation.client.equals(client) && reservation.asset.equals(asset))
                .map(Reservation::held)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** Neither of cash nor of shares. */
    synchronized boolean holdsNothing(UUID client) {
        return reservations.values().stream()
                .noneMatch(reservation ->
                        reservation.client.equals(client) && reservation.held().signum() != 0);
    }

    synchronized BigDecimal available(UUID client, String asset) {
        return owned(client, asset).subtract(held(client, asset));
    }

    /** What is held for one order; zero for one that it does not know. */
    synchronized BigDecimal heldFor(UUID order) {
        Reservation reservation = reservations.get(order);
        return reservation == null ? BigDecimal.ZERO : reservation.held();
    }

    synchronized boolean isClosed(UUID order) {
        Reservation reservation = reservations.get(order);
        return reservation != null && reservation.closed;
    }

    /** Over all clients, fees that the house got included. */
    synchronized BigDecimal total(String asset) {
        BigDecimal sum = owned.entrySet().stream()
                .filter(entry -> entry.getKey().asset().equals(asset))
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return asset.equals("USD") ? sum.add(fees) : sum;
    }

    synchronized List<TradeExecuted> trades() {
        return List.copyOf(trades);
    }

    synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    synchronized ReserveOutcome reserve(ReserveRequest request) {
        Reservation known = reservations.get(request.orderId());
        if (known != null && (known.closed || request.version() < known.version)) {
            return new ReserveOutcome.Stale();
        }
        Reservation reservation = known == null ? new Reservation(request.clientId(), request.asset()) : known;
        BigDecimal available = available(request.clientId(), request.asset());
        if (request.version() > reservation.version) {
            BigDecimal authorized = request.amount().max(reservation.settled);
            BigDecimal more = authorized.subtract(reservation.authorized);
            if (more.compareTo(available) > 0) {
                return new ReserveOutcome.Insufficient(request.asset(), available, more.subtract(available));
            }
            reservation.version = request.version();
            reservation.authorized = authorized;
            reservations.put(request.orderId(), reservation);
        }
        return new ReserveOutcome.Reserved(reservation.held(), available(request.clientId(), request.asset()));
    }

    synchronized Balance balance(UUID client) {
        List<Position> positions = owned.entrySet().stream()
                .filter(entry -> entry.getKey().client().equals(client))
                .filter(entry -> !entry.getKey().asset().equals("USD"))
                .map(entry -> new Position(
                        entry.getKey().asset(),
                        entry.getValue().longValueExact(),
                        available(client, entry.getKey().asset()).longValueExact(),
                        held(client, entry.getKey().asset()).longValueExact()))
                .toList();
        return new Balance(
                client, "USD", available(client, "USD"), held(client, "USD"), owned(client, "USD"), positions);
    }

    synchronized boolean book(String key, JournalRequest request) {
        JournalRequest known = journals.putIfAbsent(key, request);
        if (known != null && !known.equals(request)) {
            throw new IllegalStateException("the key " + key + " was used for something else");
        }
        if (known == null) {
            give(request.clientId(), request.asset(), request.amount().toPlainString());
        }
        return known == null;
    }

    synchronized void take(EventEnvelope event) throws IOException {
        if (!seen.add(event.id())) {
            return;
        }
        switch (event.type()) {
            case "trade.executed" -> settle(Json.mapper().treeToValue(event.data(), TradeExecuted.class));
            case "order.closed" -> close(Json.mapper().treeToValue(event.data(), OrderClosed.class));
            default -> throw new IllegalArgumentException(event.type());
        }
    }

    private void settle(TradeExecuted trade) {
        trades.add(trade);
        BigDecimal shares = BigDecimal.valueOf(trade.quantity());
        BigDecimal cost = trade.total().add(trade.buy().fee());
        spend(trade.buy(), cost);
        spend(trade.sell(), shares);
        closeIfFilled(trade.buy());
        closeIfFilled(trade.sell());
        UUID buyer = trade.buy().clientId();
        UUID seller = trade.sell().clientId();
        owned.merge(new Account(buyer, trade.currency()), cost.negate(), BigDecimal::add);
        owned.merge(new Account(buyer, trade.symbol()), shares, BigDecimal::add);
        owned.merge(new Account(seller, trade.symbol()), shares.negate(), BigDecimal::add);
        BigDecimal proceeds = trade.total().subtract(trade.sell().fee());
        owned.merge(new Account(seller, trade.currency()), proceeds, BigDecimal::add);
        fees = fees.add(trade.buy().fee()).add(trade.sell().fee());
    }

    private void spend(TradeExecuted.Leg leg, BigDecimal amount) {
        Reservation reservation = reservations.get(leg.orderId());
        if (reservation == null) {
            complaints.add("order " + leg.orderId() + " traded without a reservation");
            return;
        }
        reservation.settled = reservation.settled.add(amount);
        BigDecimal limit = leg.version() == reservation.version
                ? reservation.authorized.min(leg.authorizedAfter())
                : reservation.authorized;
        if (limit.compareTo(reservation.settled) < 0) {
            complaints.add("order " + leg.orderId() + " spent more than was reserved for it");
        }
        if (reservation.settled.compareTo(leg.settledAfter()) != 0) {
            complaints.add(
                    "order " + leg.orderId() + " says it spent " + leg.settledAfter() + ", not " + reservation.settled);
        }
        reservation.authorized = limit.max(reservation.settled);
    }

    private void closeIfFilled(TradeExecuted.Leg leg) {
        Reservation reservation = reservations.get(leg.orderId());
        if (leg.filled() && reservation != null) {
            close(reservation, leg.settledAfter());
        }
    }

    private void close(OrderClosed event) {
        Reservation reservation =
                reservations.computeIfAbsent(event.orderId(), id -> new Reservation(event.clientId(), event.asset()));
        close(reservation, event.settledTotal());
    }

    private static void close(Reservation reservation, BigDecimal settledTotal) {
        reservation.closed = true;
        reservation.authorized = reservation.settled.max(reservation.authorized.min(settledTotal));
    }
}
