package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.testing.Eventually;
import com.brokerx.testing.TestDatabase;
import java.time.Duration;
import java.util.OptionalLong;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

class SimulationLeaseTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private final Jdbi jdbi = TestDatabase.migrated("orders/migrations.xml").jdbi();
    private final SimulationLease one = new SimulationLease(jdbi, LONG, "orders-1");
    private final SimulationLease other = new SimulationLease(jdbi, LONG, "orders-1");

    @Test
    void isHeldByOneProcessEvenWhereTwoHaveTheSameName() {
        assertThat(one.hold()).hasValue(1);
        assertThat(other.hold()).isEmpty();
        assertThat(one.hold()).hasValue(1);
    }

    @Test
    void passesOnAtOnceWhenItIsReleased() {
        one.hold();
        other.release();
        assertThat(other.hold())
                .as("what one does not have, one cannot give up")
                .isEmpty();

        one.release();

        assertThat(other.hold()).hasValue(2);
        assertThat(one.hold()).isEmpty();
    }

    @Test
    void passesOnWhenItsOwnerIsSilent() {
        SimulationLease silent = new SimulationLease(jdbi, Duration.ofMillis(50), "orders-2");
        silent.hold();

        Eventually.await(
                "a take-over", Duration.ofSeconds(20), () -> other.hold().isPresent());

        assertThat(silent.hold()).isEqualTo(OptionalLong.empty());
    }
}
