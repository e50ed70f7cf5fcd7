package com.brokerx.orders.simulation;

import com.brokerx.commons.id.Ids;
import java.time.Duration;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;

/** Says which of several instances simulates, in the row of {@code simulation_lease}. Only the database's clock counts. */
final class SimulationLease {

    private final Jdbi jdbi;
    private final Duration duration;
    private final String owner;

    SimulationLease(Jdbi jdbi, Duration duration, String instanceId) {
        this.jdbi = jdbi;
        this.duration = duration;
        this.owner = instanceId + "/" + Ids.next();
    }

    /**
     * Renews the lease, or takes it over from an owner that has been silent for too long.
     *
     * @return its epoch, which rises with each change of hands; empty while another instance has it
     */
    OptionalLong hold() {
        return jdbi.withHandle(handle -> handle.createQuery("""
                        UPDATE simulation_lease
                        SET epoch = CASE WHEN owner = :owner THEN epoch ELSE epoch + 1 END, owner = :owner,
                            expires_at = clock_timestamp() + make_interval(secs => :seconds)
                        WHERE owner = :owner OR expires_at < clock_timestamp()
                        RETURNING epoch""")
                .bind("owner", owner)
                .bind("seconds", duration.toMillis() / 1000.0)
                .mapTo(Long.class)
                .findOne()
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty));
    }

    /** Lets another instance go on at once. */
    void release() {
        jdbi.useHandle(handle -> handle.createUpdate(
                        "UPDATE simulation_lease SET expires_at = '-infinity' WHERE owner = :owner")
                .bind("owner", owner)
                .execute());
    }
}
