package com.brokerx.orders.order;

import com.brokerx.commons.id.Ids;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.writer.Books;
import com.brokerx.orders.writer.HoldChange;
import com.brokerx.orders.writer.HoldStore;
import com.brokerx.orders.writer.OrderCommand;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * The changes of holds that replacements bring. Each is stored before anybody is asked, and deleted when the hold is right; so one
 * that a crash interrupts is found again, and a hold is never too high for ever.
 */
final class HoldChanges {

    /** An order may trade while its hold is being set, and then has to hold something else: so often we look again. */
    private static final int ATTEMPTS = 5;

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final Funds funds;
    private final Books books;
    private final Acceptance acceptance;

    HoldChanges(Jdbi jdbi, Instruments instruments, Funds funds, Books books, Acceptance acceptance) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.funds = funds;
        this.books = books;
        this.acceptance = acceptance;
    }

    /** Stores that the order is to be replaced by these terms; empty while another replacement of it is under way. */
    Optional<HoldChange> begin(Order order, Terms terms) {
        var instrument = instruments.get(order.symbol());
        long present = Holds.authorized(order, instrument);
        long needed = Holds.authorizedWhileReplaced(order, terms, instrument);
        HoldChange change = new HoldChange(
                Ids.next(),
                order.id(),
                order.symbol(),
                HoldChange.Stage.RAISING,
                order.state().reserveVersion() + 1,
                needed,
                needed > present);
        return acceptance.begin(change) ? Optional.of(change) : Optional.empty();
    }

    /** Nothing came of it, and the portfolios service will never take its version. */
    void drop(HoldChange change) {
        acceptance.end(change);
    }

    /** Sees to it that nothing comes of a change that was begun, whatever of it has reached the portfolios service or still will. */
    void abandon(HoldChange change) {
        books.submit(OrderCommand.SettleHold.of(change));
        finish(change.orderId());
    }

    /**
     * Sets the order's hold to what it has to be after the book has decided, where anything is left to do. What cannot be done now stays
     * stored, and recovery does it.
     */
    void finish(UUID orderId) {
        HoldChange sent = null;
        for (int i = 0; i < ATTEMPTS; i++) {
            Optional<HoldChange> found = jdbi.withHandle(handle -> HoldStore.ofOrder(handle, orderId));
            if (found.isEmpty() || found.get().stage() == HoldChange.Stage.RAISING) {
                return;
            }
            HoldChange change = found.get();
            Order order =
                    jdbi.withHandle(handle -> OrderStore.find(handle, orderId)).orElseThrow();
            boolean isRight = change.authorized() == Holds.authorized(order, instruments.get(order.symbol()));
            if (order.status().isFinal() || (isRight && change.equals(sent))) {
                // What ends an order sets everything free; what trades from now on says so at this version.
                acceptance.end(change);
                return;
            }
            if (!isRight) {
                books.submit(OrderCommand.SettleHold.of(change));
            } else if (funds.reserve(order, change.authorized(), change.version())
                    instanceof Funds.Outcome.Unavailable) {
                return;
            }
            sent = change;
        }
    }
}
