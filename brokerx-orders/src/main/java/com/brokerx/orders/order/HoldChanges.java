package com.brokerx.orders.order;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.id.Ids;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.writer.HoldChange;
import com.brokerx.orders.writer.HoldStore;
import io.dropwizard.lifecycle.Managed;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/**
 * The changes of holds that replacements bring. Each is stored before anybody is asked, and deleted when the hold is right; so one
 * that a crash interrupts is found again, and a hold is never too high for ever.
 */
final class HoldChanges implements Managed {

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final Funds funds;
    private final GroupCommit<HoldChange, Boolean> beginnings;
    private final GroupCommit<HoldChange, Boolean> endings;

    HoldChanges(
            Jdbi jdbi,
            Instruments instruments,
            Funds funds,
            InstantSource clock,
            GroupCommitSettings settings,
            GroupCommit.Metrics metrics) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.funds = funds;
        this.beginnings = new GroupCommit<>("orders-hold-begin", settings, metrics, changes -> {
            Set<UUID> begun = Unreachable.asUnavailable(
                    () -> jdbi.inTransaction(tx -> HoldStore.begin(tx, changes, clock.instant())));
            return changes.stream().map(change -> begun.contains(change.id())).toList();
        });
        this.endings = new GroupCommit<>("orders-hold-end", settings, metrics, changes -> {
            Unreachable.asUnavailable(() -> jdbi.inTransaction(tx -> HoldStore.delete(tx, changes)));
            return changes.stream().map(change -> true).toList();
        });
    }

    @Override
    public void start() {
        beginnings.start();
        endings.start();
    }

    @Override
    public void stop() throws InterruptedException {
        beginnings.stop();
        endings.stop();
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
        return beginnings.submit(change) ? Optional.of(change) : Optional.empty();
    }

    /** Nothing came of it, and the portfolios service knows nothing of it. */
    void drop(HoldChange change) {
        endings.submit(change);
    }

    /**
     * Sets the order's hold to what it has to be after the book has decided, where anything is left to do.
     *
     * @return false when the portfolios service could not be asked; the change stays stored
     */
    boolean finish(Order order) {
        Optional<HoldChange> change = jdbi.withHandle(handle -> HoldStore.ofOrder(handle, order.id()))
                .filter(found -> found.stage() == HoldChange.Stage.SETTING);
        if (change.isEmpty()) {
            return true;
        }
        Funds.Outcome outcome =
                funds.reserve(order, change.get().authorized(), change.get().version());
        if (outcome instanceof Funds.Outcome.Unavailable) {
            return false;
        }
        // A version that is stale was overtaken by the order's end; less than before is never refused for want of
        // funds.
        endings.submit(change.get());
        return true;
    }
}
