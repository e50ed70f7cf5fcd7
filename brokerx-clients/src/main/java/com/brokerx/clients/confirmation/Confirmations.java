package com.brokerx.clients.confirmation;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStatus;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.confirmation.ConfirmationLetters.Movement;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.commons.outbox.WebhookReceiver;
import com.brokerx.facades.events.DepositCompleted;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.facades.events.OrdersReported;
import com.brokerx.facades.events.WithdrawalCompleted;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Mails clients what became of their money and their orders, when the other services tell. What one delivery holds for a client is
 * gathered into one mail of each kind. Who has no account here (the market maker) or a closed one gets none.
 */
public final class Confirmations implements WebhookReceiver.Handler {

    private final MailQueue mails;

    public Confirmations(MailQueue mails) {
        this.mails = mails;
    }

    @Override
    public void handle(Handle tx, List<EventEnvelope> envelopes) {
        List<DomainEvent> events = envelopes.stream()
                .map(Confirmations::read)
                .flatMap(Optional::stream)
                .toList();
        var deposits = byClient(events, DepositCompleted.class, DepositCompleted::clientId);
        var withdrawals = byClient(events, WithdrawalCompleted.class, WithdrawalCompleted::clientId);
        var orders = byClient(events, OrdersReported.class, OrdersReported::clientId);
        Stream<UUID> clients =
                Stream.of(deposits, withdrawals, orders).map(Map::keySet).flatMap(Collection::stream);
        for (Account account : recipients(tx, clients)) {
            mailDeposits(tx, account, deposits.getOrDefault(account.id(), List.of()));
            mailWithdrawals(tx, account, withdrawals.getOrDefault(account.id(), List.of()));
            mailOrders(tx, account, orders.getOrDefault(account.id(), List.of()));
        }
    }

    private static List<Account> recipients(Handle tx, Stream<UUID> clients) {
        return tx.attach(AccountStore.class).findAll(clients.distinct().toArray(UUID[]::new)).stream()
                .filter(account -> account.emailVerified() && account.status() != AccountStatus.CLOSED)
                .toList();
    }

    private void mailDeposits(Handle tx, Account account, List<DepositCompleted> deposits) {
        List<Movement> movements = deposits.stream()
                .map(deposit -> new Movement(deposit.completedAt(), deposit.amount(), deposit.currency()))
                .toList();
        if (!movements.isEmpty()) {
            mails.add(tx, account.email(), ConfirmationLetters.deposits(account.name(), movements));
        }
    }

    private void mailWithdrawals(Handle tx, Account account, List<WithdrawalCompleted> withdrawals) {
        List<Movement> movements = withdrawals.stream()
                .map(withdrawal -> new Movement(withdrawal.completedAt(), withdrawal.amount(), withdrawal.currency()))
                .toList();
        if (!movements.isEmpty()) {
            mails.add(tx, account.email(), ConfirmationLetters.withdrawals(account.name(), movements));
        }
    }

    private void mailOrders(Handle tx, Account account, List<OrdersReported> events) {
        List<OrdersReported.Report> reports =
                events.stream().flatMap(event -> event.reports().stream()).toList();
        if (!reports.isEmpty()) {
            long leftOut = events.stream().mapToLong(OrdersReported::leftOut).sum();
            mails.add(tx, account.email(), ConfirmationLetters.orders(account.name(), reports, leftOut));
        }
    }

    private static <E extends DomainEvent> Map<UUID, List<E>> byClient(
            List<DomainEvent> events, Class<E> type, Function<E, UUID> clientOf) {
        return events.stream().filter(type::isInstance).map(type::cast).collect(Collectors.groupingBy(clientOf));
    }

    /** Empty for an event of a newer version of the other side, which this one cannot know. */
    private static Optional<DomainEvent> read(EventEnvelope envelope) {
        return DomainEvent.classOf(envelope.type()).map(type -> read(envelope, type));
    }

    private static DomainEvent read(EventEnvelope envelope, Class<? extends DomainEvent> type) {
        try {
            return Json.mapper().treeToValue(envelope.data(), type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("event " + envelope.id() + " is no " + envelope.type(), e);
        }
    }
}
