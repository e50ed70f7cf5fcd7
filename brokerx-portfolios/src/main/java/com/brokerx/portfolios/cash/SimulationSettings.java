package com.brokerx.portfolios.cash;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * How the simulated payment provider behaves. What becomes of a payment depends on its id alone, so that it stays the same however often
 * it is asked.
 *
 * @param settlesAfter how long money is under way; settles at once, in the answer, if left out or zero
 * @param refusedPercent how many payments of a hundred are refused; none if left out
 * @param timedOutPercent how many first requests of a hundred are taken but never answered; none if left out
 * @param callbacks how often the provider calls back about a payment that did not settle at once; 1 if left out, 0 for a provider
 *     that has to be asked, more for one that repeats itself
 */
public record SimulationSettings(
        Duration settlesAfter,
        @Min(0) @Max(100) Integer refusedPercent,
        @Min(0) @Max(100) Integer timedOutPercent,
        @Min(0) @Max(10) Integer callbacks) {

    public static final SimulationSettings AT_ONCE = new SimulationSettings(null, null, null, null);

    public SimulationSettings {
        settlesAfter = settlesAfter == null ? Duration.seconds(0) : settlesAfter;
        refusedPercent = refusedPercent == null ? 0 : refusedPercent;
        timedOutPercent = timedOutPercent == null ? 0 : timedOutPercent;
        callbacks = callbacks == null ? 1 : callbacks;
    }
}
