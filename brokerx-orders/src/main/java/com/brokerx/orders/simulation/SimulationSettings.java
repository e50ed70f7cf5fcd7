package com.brokerx.orders.simulation;

import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * The simulated market.
 *
 * @param enabled whether there is one; false if left out
 * @param seed the same seed makes the same market; 1 if left out
 * @param interval one step of all agents; 1 s if left out
 * @param lease how long the instance that simulates may be silent before another one does; 5 s if left out
 * @param walk how prices wander
 * @param maker how the market maker quotes
 * @param noise how the noise trader trades; every 20 s if left out
 * @param momentum how the momentum trader trades; every 30 s if left out
 * @param clients who the agents are; needed where it is enabled
 * @param funding what they own
 */
public record SimulationSettings(
        boolean enabled,
        Long seed,
        Duration interval,
        Duration lease,
        @Valid WalkSettings walk,
        @Valid MakerSettings maker,
        @Valid TakerSettings noise,
        @Valid TakerSettings momentum,
        @Valid Clients clients,
        @Valid FundingSettings funding) {

    public static final SimulationSettings OFF =
            new SimulationSettings(false, null, null, null, null, null, null, null, null, null);

    /** Accounts that no person can sign in to; the clients service does not know them. */
    public record Clients(
            @NotNull UUID maker,
            @NotNull UUID noise,
            @NotNull UUID momentum,
            @NotNull UUID script) {
        List<UUID> all() {
            return List.of(maker, noise, momentum, script);
        }
    }

    public SimulationSettings {
        seed = seed == null ? 1L : seed;
        interval = interval == null ? Duration.seconds(1) : interval;
        lease = lease == null ? Duration.seconds(5) : lease;
        walk = walk == null ? WalkSettings.DEFAULT : walk;
        maker = maker == null ? MakerSettings.DEFAULT : maker;
        noise = noise == null ? new TakerSettings(Duration.seconds(20), null, null) : noise;
        momentum = momentum == null ? new TakerSettings(Duration.seconds(30), null, null) : momentum;
        funding = funding == null ? FundingSettings.DEFAULT : funding;
        if (interval.toMilliseconds() < 1 || interval.toMilliseconds() * 3 > lease.toMilliseconds()) {
            throw new IllegalArgumentException("the lease of the simulation lasts three intervals at least");
        }
        if (enabled && clients == null) {
            throw new IllegalArgumentException("the simulated market needs clients of its own");
        }
        if (clients != null && Set.copyOf(clients.all()).size() < clients.all().size()) {
            throw new IllegalArgumentException("two agents that are one client could not trade with each other");
        }
    }
}
