package com.brokerx.orders.simulation;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.problem.UnavailableException;
import io.dropwizard.lifecycle.Managed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the simulation on the one instance that holds its lease. While something does not answer, steps are left out, twice as many
 * each time, so that a simulated market is no burden to those who repair a real one.
 */
final class SimulationTimer implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(SimulationTimer.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Simulator simulator;
    private final SimulationLease lease;
    private final Duration interval;
    private final InstantSource clock;
    private final RepeatedTask timer;
    private Duration pause = Duration.ZERO;
    private Instant resumeAt = Instant.MIN;

    SimulationTimer(Simulator simulator, SimulationLease lease, Duration interval, InstantSource clock) {
        this.simulator = simulator;
        this.lease = lease;
        this.interval = interval;
        this.clock = clock;
        this.timer = new RepeatedTask("simulation", interval, this::step);
    }

    @Override
    public void start() {
        timer.start();
    }

    /** Ends after the step that is running; the quotes stay, for the instance that goes on. */
    @Override
    public void stop() throws InterruptedException {
        timer.stop();
        lease.release();
    }

    private void step() {
        try (var scope = RequestId.enter("simulation-" + RequestId.currentOrNew())) {
            OptionalLong epoch = lease.hold();
            if (epoch.isPresent() && !clock.instant().isBefore(resumeAt)) {
                simulator.step(epoch.getAsLong());
                pause = Duration.ZERO;
            }
        } catch (UnavailableException silent) {
            backOff();
            LOG.warn("{}; the simulation goes on in {} s", silent.getMessage(), pause.toSeconds());
        } catch (RuntimeException failed) {
            backOff();
            LOG.warn("a step of the simulation failed; the next one in {} s", pause.toSeconds(), failed);
        }
    }

    private void backOff() {
        simulator.failed();
        Duration longer = pause.isZero() ? interval.multipliedBy(2) : pause.multipliedBy(2);
        pause = longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
        resumeAt = clock.instant().plus(pause);
    }
}
