package com.brokerx.portfolios.cash;

import com.brokerx.commons.id.Ids;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.idempotency.Idempotency.Claim;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.portfolio.Portfolio;
import com.brokerx.portfolios.portfolio.Portfolios;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes deposits and withdrawals in two steps, since no transaction may be open while a payment provider is asked: a pending payment is
 * stored, with a withdrawal's money held; then the provider's answer decides it. A crash in between leaves a pending payment that is taken up
 * again, and whoever comes second to decide finds it decided.
 */
public final class PaymentService {

    private static final Logger LOG = LoggerFactory.getLogger(PaymentService.class);
    private static final int RESUMED_AT_ONCE = 100;

    /** How a request stands after its first transaction. */
    private sealed interface Begun {
        record Pending(Payment payment) implements Begun {}

        record Refused(PaymentRefusal refusal) implements Begun {}

        record Known(Claim claim) implements Begun {}
    }

    /** The answer to a request. */
    public sealed interface Outcome {
        record Accepted(Payment payment) implements Outcome {}

        record Refused(PaymentRefusal refusal) implements Outcome {}

        /** It was asked before; this is the answer of then. */
        record Replayed(Claim.Answered answer) implements Outcome {}
    }

    private final Jdbi jdbi;
    private final Portfolios portfolios;
    private final Assets assets;
    private final PaymentBooking booking;
    private final PaymentProvider provider;
    private final Idempotency idempotency;
    private final CashSettings settings;
    private final InstantSource clock;

    public PaymentService(
            Jdbi jdbi,
            Portfolios portfolios,
            Assets assets,
            PaymentBooking booking,
            PaymentProvider provider,
            CashSettings settings,
            InstantSource clock) {
        this.jdbi = jdbi;
        this.portfolios = portfolios;
        this.assets = assets;
        this.booking = booking;
        this.provider = provider;
        this.idempotency = new Idempotency(jdbi);
        this.settings = settings;
        this.clock = clock;
    }

    public Outcome request(PaymentKind kind, UUID clientId, PaymentRequest request, Optional<IdempotencyKey> key) {
        Begun begun = jdbi.inTransaction(tx -> begin(tx, kind, clientId, request, key));
        return switch (begun) {
            case Begun.Refused(PaymentRefusal refusal) -> new Outcome.Refused(refusal);
            case Begun.Pending(Payment payment) -> new Outcome.Accepted(process(payment, key));
            case Begun.Known(Claim.Answered answer) -> new Outcome.Replayed(answer);
            case Begun.Known(Claim.UnderWay u) -> awaitAnswer(kind, clientId, key.orElseThrow());
            case Begun.Known(Claim.Taken t) -> throw new IllegalStateException("a taken key leads to a payment");
        };
    }

    Optional<Payment> find(PaymentKind kind, UUID clientId, UUID id) {
        return jdbi.withExtension(PaymentStore.class, store -> store.find(clientId, kind, id));
    }

    List<Payment> list(PaymentKind kind, UUID clientId, UUID before, int limit) {
        return jdbi.withExtension(PaymentStore.class, store -> store.list(clientId, kind, before, limit));
    }

    private Begun begin(
            Handle tx, PaymentKind kind, UUID clientId, PaymentRequest request, Optional<IdempotencyKey> key) {
        if (key.isPresent()) {
            Claim claim = idempotency.claim(tx, key.get());
            if (!(claim instanceof Claim.Taken)) {
                return new Begun.Known(claim);
            }
        }
        Begun begun = open(tx, kind, clientId, request, key.map(IdempotencyKey::key));
        if (begun instanceof Begun.Refused(PaymentRefusal refusal)) {
            key.ifPresent(k -> idempotency.answer(tx, k, Idempotency.Answer.refusal(refusal.toProblem())));
        }
        return begun;
    }

    private Begun open(
            Handle tx, PaymentKind kind, UUID clientId, PaymentRequest request, Optional<String> idempotencyKey) {
        Optional<Portfolio> found = request.portfolioId() == null
                ? portfolios.findDefault(tx, clientId)
                : portfolios.find(tx, clientId, request.portfolioId());
        boolean opensDefault = kind == PaymentKind.DEPOSIT && request.portfolioId() == null;
        if (found.isEmpty() && !opensDefault) {
            return new Begun.Refused(new PaymentRefusal.PortfolioNotFound());
        }
        String currency = found.map(Portfolio::currency).orElse(portfolios.defaultCurrency());
        Optional<PaymentRefusal> refusal = check(kind, request, assets.require(currency), found);
        if (refusal.isPresent()) {
            return new Begun.Refused(refusal.get());
        }
        if (found.isEmpty()) {
            portfolios.openDefault(tx, List.of(clientId));
            found = portfolios.findDefault(tx, clientId);
        }
        Payment payment = payment(kind, found.orElseThrow(), request.amount(), idempotencyKey);
        return booking.open(tx, payment).<Begun>map(Begun.Refused::new).orElseGet(() -> new Begun.Pending(payment));
    }

    private Optional<PaymentRefusal> check(
            PaymentKind kind, PaymentRequest request, Asset currency, Optional<Portfolio> portfolio) {
        if (request.currency() != null && !request.currency().equals(currency.code())) {
            return Optional.of(new PaymentRefusal.CurrencyMismatch(currency.code()));
        }
        if (kind == PaymentKind.DEPOSIT && portfolio.map(Portfolio::isClosed).orElse(false)) {
            return Optional.of(new PaymentRefusal.PortfolioClosed());
        }
        if (request.amount() == null) {
            return Optional.of(new PaymentRefusal.InvalidAmount("has to be given"));
        }
        try {
            if (currency.units(request.amount()) <= 0) {
                return Optional.of(new PaymentRefusal.InvalidAmount("has to be above zero"));
            }
        } catch (Asset.InexactAmountException e) {
            return Optional.of(new PaymentRefusal.InvalidAmount(e.getMessage()));
        }
        CashSettings.Limits limits = settings.limits(kind);
        return limits.allow(request.amount())
                ? Optional.empty()
                : Optional.of(new PaymentRefusal.LimitExceeded(
                        inScale(currency, limits.minimum()), inScale(currency, limits.maximum()), currency.code()));
    }

    private static BigDecimal inScale(Asset currency, BigDecimal amount) {
        return currency.amount(currency.units(amount));
    }

    private Payment payment(PaymentKind kind, Portfolio portfolio, BigDecimal amount, Optional<String> key) {
        Asset currency = assets.require(portfolio.currency());
        return new Payment(
                Ids.next(),
                kind,
                portfolio.clientId(),
                portfolio.id(),
                portfolio.accountId(),
                currency.units(amount),
                currency.code(),
                currency.scale(),
                Payment.PENDING,
                null,
                key.orElse(null),
                clock.instant(),
                null);
    }

    /** Asks the provider and decides; what the provider cannot say yet stays pending. The key's answer is stored with it. */
    private Payment process(Payment payment, Optional<IdempotencyKey> key) {
        PaymentProvider.Answer answer = ask(payment);
        return booking.decide(
                payment.id(),
                answer,
                (tx, decided) -> key.ifPresent(
                        k -> idempotency.answer(tx, k, new Idempotency.Answer(201, PaymentMessages.answer(decided)))));
    }

    /** Asks again about payments that have been pending for a while: the process that began them may be gone. */
    public int resumePending() {
        var now = clock.instant();
        List<Payment> pending = jdbi.inTransaction(tx -> tx.attach(PaymentStore.class)
                .takeUp(now.minus(settings.askAgainAfter().toJavaDuration()), now, RESUMED_AT_ONCE));
        pending.forEach(payment -> booking.decide(payment.id(), ask(payment), (tx, decided) -> {}));
        return pending.size();
    }

    /**
     * What the provider says of its own accord, once or many times, early or late; a payment that is decided stays as it is.
     *
     * @return the payment as it stands now, empty where there is no such payment
     */
    public Optional<Payment> callback(UUID paymentId, PaymentProvider.Answer answer) {
        boolean known = jdbi.withExtension(PaymentStore.class, store -> store.exists(paymentId));
        return known ? Optional.of(booking.decide(paymentId, answer, (tx, decided) -> {})) : Optional.empty();
    }

    private PaymentProvider.Answer ask(Payment payment) {
        try {
            return provider.submit(new PaymentProvider.Order(
                    payment.id(),
                    payment.kind().wireName(),
                    payment.clientId(),
                    payment.decimalAmount(),
                    payment.currency()));
        } catch (UnavailableException unknown) {
            LOG.warn("the payment provider did not answer about {}; it stays pending", payment.id(), unknown);
            return new PaymentProvider.Answer.UnderWay();
        }
    }

    /** A repeat that came while the first was at work gives the same answer; if the first died, the repeat does its work. */
    private Outcome awaitAnswer(PaymentKind kind, UUID clientId, IdempotencyKey key) {
        Claim claim = new AnswerWait(settings.replayWait().toJavaDuration())
                .until(
                        () -> jdbi.inTransaction(tx -> idempotency.claim(tx, key)),
                        known -> known instanceof Claim.Answered);
        if (claim instanceof Claim.Answered answer) {
            return new Outcome.Replayed(answer);
        }
        Payment left = jdbi.withExtension(PaymentStore.class, store -> store.findByKey(clientId, kind, key.key()))
                .orElseThrow();
        return new Outcome.Accepted(process(left, Optional.of(key)));
    }
}
