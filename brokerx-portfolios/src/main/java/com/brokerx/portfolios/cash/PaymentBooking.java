package com.brokerx.portfolios.cash;

import com.brokerx.commons.outbox.Outbox;
import com.brokerx.facades.events.DepositCompleted;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.facades.events.WithdrawalCompleted;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.ledger.EntryType;
import com.brokerx.portfolios.ledger.House;
import com.brokerx.portfolios.ledger.HouseAccount;
import com.brokerx.portfolios.ledger.Ledger;
import com.brokerx.portfolios.ledger.Line;
import com.brokerx.portfolios.ledger.OpenAccount;
import com.brokerx.portfolios.ledger.Posting;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What payments do to the ledger. */
public final class PaymentBooking {

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final Assets assets;
    private final Outbox outbox;
    private final InstantSource clock;

    public PaymentBooking(Jdbi jdbi, Ledger ledger, Assets assets, Outbox outbox, InstantSource clock) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.assets = assets;
        this.outbox = outbox;
        this.clock = clock;
    }

    /** Stores a pending payment; a withdrawal's money is held from now on. */
    Optional<PaymentRefusal> open(Handle tx, Payment payment) {
        if (payment.kind() == PaymentKind.WITHDRAWAL) {
            Posting posting = ledger.lock(tx, payment.accountId());
            OpenAccount account = posting.require(payment.accountId());
            if (account.available() < payment.amount()) {
                return Optional.of(new PaymentRefusal.InsufficientFunds(
                        BigDecimal.valueOf(account.available(), payment.scale()), payment.currency()));
            }
            posting.journal(
                    List.of(new Line(account, EntryType.RESERVE, -payment.amount(), payment.amount(), payment.id())));
            ledger.store(tx, posting);
        }
        tx.attach(PaymentStore.class).add(payment);
        return Optional.empty();
    }

    /**
     * Brings a pending payment to what the provider says; one that was decided before stays as it is.
     *
     * @param alongside what else belongs into the transaction
     */
    Payment decide(UUID paymentId, PaymentProvider.Answer answer, BiConsumer<Handle, Payment> alongside) {
        Payment result = jdbi.inTransaction(tx -> {
            Payment current = tx.attach(PaymentStore.class).lock(paymentId);
            Payment decided = current.isPending() ? decide(tx, current, answer) : current;
            alongside.accept(tx, decided);
            return decided;
        });
        outbox.wake();
        return result;
    }

    private Payment decide(Handle tx, Payment pending, PaymentProvider.Answer answer) {
        return switch (answer) {
            case PaymentProvider.Answer.UnderWay() -> pending;
            case PaymentProvider.Answer.Settled(String reference) -> complete(tx, pending, reference);
            case PaymentProvider.Answer.Refused(String reason) -> fail(tx, pending, reason);
        };
    }

    private Payment complete(Handle tx, Payment pending, String reference) {
        Posting posting = ledger.lock(tx, pending.accountId());
        OpenAccount account = posting.require(pending.accountId());
        HouseAccount house = assets.house(House.PAYMENTS, pending.currency());
        long amount = pending.amount();
        EntryType type = pending.kind().entry();
        posting.journal(
                switch (pending.kind()) {
                    case DEPOSIT ->
                        List.of(
                                new Line(account, type, amount, 0, pending.id()),
                                new Line(house, type, -amount, 0, pending.id()));
                    case WITHDRAWAL ->
                        List.of(
                                new Line(account, type, 0, -amount, pending.id()),
                                new Line(house, type, amount, 0, pending.id()));
                });
        ledger.store(tx, posting);
        Payment completed = pending.decided(Payment.COMPLETED, null, posting.at());
        tx.attach(PaymentStore.class).decide(completed, reference);
        outbox.append(tx, event(completed));
        return completed;
    }

    private Payment fail(Handle tx, Payment pending, String reason) {
        if (pending.kind() == PaymentKind.WITHDRAWAL) {
            Posting posting = ledger.lock(tx, pending.accountId());
            posting.journal(List.of(new Line(
                    posting.require(pending.accountId()),
                    EntryType.RELEASE,
                    pending.amount(),
                    -pending.amount(),
                    pending.id())));
            ledger.store(tx, posting);
        }
        Payment failed = pending.decided(Payment.FAILED, reason, clock.instant());
        tx.attach(PaymentStore.class).decide(failed, null);
        return failed;
    }

    private static DomainEvent event(Payment payment) {
        Instant at = payment.processedAt();
        return switch (payment.kind()) {
            case DEPOSIT ->
                new DepositCompleted(payment.id(), payment.clientId(), payment.decimalAmount(), payment.currency(), at);
            case WITHDRAWAL ->
                new WithdrawalCompleted(
                        payment.id(), payment.clientId(), payment.decimalAmount(), payment.currency(), at);
        };
    }
}
