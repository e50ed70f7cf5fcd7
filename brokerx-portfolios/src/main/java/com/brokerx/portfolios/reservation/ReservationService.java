package com.brokerx.portfolios.reservation;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.ledger.EntryType;
import com.brokerx.portfolios.ledger.Ledger;
import com.brokerx.portfolios.ledger.Line;
import com.brokerx.portfolios.ledger.OpenAccount;
import com.brokerx.portfolios.ledger.Posting;
import com.brokerx.portfolios.portfolio.ShareAccounts;
import com.brokerx.portfolios.reservation.ReservationRules.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Sets money and shares aside for orders. */
public final class ReservationService {

    /** What became of a request to reserve, in the ledger's units. */
    public sealed interface Outcome {
        /** @param held what the order holds now */
        record Reserved(long held, long available) implements Outcome {}

        record Insufficient(long available, long missing) implements Outcome {}

        /** The client keeps such shares in another currency than they are traded in. */
        record CurrencyMismatch() implements Outcome {}

        record Stale() implements Outcome {}
    }

    /** What became of a request to release. */
    public sealed interface ReleaseOutcome {
        record Released(String asset, long released, long available) implements ReleaseOutcome {}

        record Unknown() implements ReleaseOutcome {}

        record Stale() implements ReleaseOutcome {}
    }

    private final Jdbi jdbi;
    private final Ledger ledger;
    private final ShareAccounts shareAccounts;

    public ReservationService(Jdbi jdbi, Ledger ledger, ShareAccounts shareAccounts) {
        this.jdbi = jdbi;
        this.ledger = ledger;
        this.shareAccounts = shareAccounts;
    }

    /** Does all of them in one transaction of a handful of statements; the outcomes stand in the order of the requests. */
    public List<Outcome> reserve(List<ReserveOrder> orders) {
        ShareAccounts.Look look = shareAccounts.look(
                orders.stream().flatMap(order -> order.shares().stream()).toList());
        List<Outcome> outcomes = jdbi.inTransaction(tx -> reserve(tx, orders, look));
        look.committed();
        return outcomes;
    }

    private List<Outcome> reserve(Handle tx, List<ReserveOrder> orders, ShareAccounts.Look look) {
        Pipeline pipeline = new Pipeline(tx);
        look.addTo(pipeline);
        Supplier<Posting> locked =
                ledger.lock(pipeline, orders.stream().map(ReserveOrder::account).toList());
        Supplier<Reservations> known = Reservations.read(
                pipeline, orders.stream().map(ReserveOrder::orderId).toList());
        pipeline.run();
        Posting posting = locked.get();
        Reservations reservations = known.get();
        List<Outcome> outcomes = new ArrayList<>(orders.size());
        for (ReserveOrder order : orders) {
            outcomes.add(
                    isMisplaced(order, reservations, look)
                            ? new Outcome.CurrencyMismatch()
                            : reserve(order, posting, reservations));
        }
        ledger.store(pipeline, posting);
        reservations.store(pipeline);
        pipeline.commit();
        return outcomes;
    }

    /** Whether the shares of a new order lie in a portfolio of another currency than they would be settled in. */
    private static boolean isMisplaced(ReserveOrder order, Reservations reservations, ShareAccounts.Look look) {
        return order.shares().filter(look::isMisplaced).isPresent()
                && reservations.find(order.orderId()).isEmpty();
    }

    private static Outcome reserve(ReserveOrder order, Posting posting, Reservations reservations) {
        Optional<OpenAccount> found = posting.find(order.account());
        if (found.isEmpty()) {
            return reservations.find(order.orderId()).isPresent()
                    ? new Outcome.Stale()
                    : new Outcome.Insufficient(0, order.amount());
        }
        OpenAccount account = found.get();
        return switch (ReservationRules.reserve(
                reservations.find(order.orderId()), order, account.id(), account.reservable())) {
            case Decision.Stale() -> new Outcome.Stale();
            case Decision.Short(long missing) -> new Outcome.Insufficient(account.reservable(), missing);
            case Decision.Replay(Reservation known) -> new Outcome.Reserved(known.held(), account.available());
            case Decision.Hold(Reservation reservation, long delta) -> {
                posting.journal(List.of(hold(account, delta, order.orderId())));
                reservations.put(reservation);
                yield new Outcome.Reserved(reservation.held(), account.available());
            }
        };
    }

    /** Gives back what an order holds, and ends it. */
    public ReleaseOutcome release(UUID orderId, Optional<Integer> version) {
        return jdbi.inTransaction(tx -> {
            Optional<Reservation> known =
                    Reservations.read(tx, List.of(orderId)).find(orderId);
            if (known.isEmpty() || known.get().accountId() == null) {
                return new ReleaseOutcome.Unknown();
            }
            Posting posting = ledger.lock(
                    tx,
                    List.of(new AccountKey(known.get().clientId(), known.get().asset())));
            return release(tx, posting, orderId, version);
        });
    }

    private ReleaseOutcome release(Handle tx, Posting posting, UUID orderId, Optional<Integer> version) {
        Reservations reservations = Reservations.read(tx, List.of(orderId));
        Reservation current = reservations.find(orderId).orElseThrow();
        OpenAccount account = posting.require(current.accountId());
        return switch (ReservationRules.release(current, version.orElse(null))) {
            case ReservationRules.Release.Stale() -> new ReleaseOutcome.Stale();
            case ReservationRules.Release.Replay(Reservation ended) ->
                new ReleaseOutcome.Released(
                        ended.asset(), ended.released() == null ? 0 : ended.released(), account.available());
            case ReservationRules.Release.Done(Reservation ended, long freed) -> {
                posting.journal(List.of(hold(account, -freed, orderId)));
                reservations.put(ended);
                Pipeline pipeline = new Pipeline(tx);
                ledger.store(pipeline, posting);
                reservations.store(pipeline);
                pipeline.run();
                yield new ReleaseOutcome.Released(ended.asset(), freed, account.available());
            }
        };
    }

    private static Line hold(OpenAccount account, long delta, UUID orderId) {
        return new Line(account, delta < 0 ? EntryType.RELEASE : EntryType.RESERVE, -delta, delta, orderId);
    }
}
