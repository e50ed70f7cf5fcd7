package com.brokerx.portfolios.cash;

import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import java.math.BigDecimal;

/**
 * @param deposits how much at once
 * @param withdrawals how much at once
 * @param replayWait how long a repeated request waits for the first one's answer; 3 s if left out
 * @param askAgainAfter how long a payment may be pending before the provider is asked again; 10 s if left out
 * @param simulation how the simulated payment provider behaves
 */
public record CashSettings(
        @Valid Limits deposits,
        @Valid Limits withdrawals,
        Duration replayWait,
        Duration askAgainAfter,
        @Valid SimulationSettings simulation) {

    public static final CashSettings DEFAULT = new CashSettings(null, null, null, null, null);

    /**
     * @param minimum 1.00 if left out, in units of the portfolio's currency
     * @param maximum 100,000.00 if left out
     */
    public record Limits(BigDecimal minimum, BigDecimal maximum) {
        public Limits {
            minimum = minimum == null ? new BigDecimal("1.00") : minimum;
            maximum = maximum == null ? new BigDecimal("100000.00") : maximum;
            if (minimum.signum() <= 0 || maximum.compareTo(minimum) < 0) {
                throw new IllegalArgumentException("limits have to be above zero and in order");
            }
        }

        boolean allow(BigDecimal amount) {
            return amount.compareTo(minimum) >= 0 && amount.compareTo(maximum) <= 0;
        }
    }

    public CashSettings {
        deposits = deposits == null ? new Limits(null, null) : deposits;
        withdrawals = withdrawals == null ? new Limits(null, null) : withdrawals;
        replayWait = replayWait == null ? Duration.seconds(3) : replayWait;
        askAgainAfter = askAgainAfter == null ? Duration.seconds(10) : askAgainAfter;
        simulation = simulation == null ? SimulationSettings.AT_ONCE : simulation;
    }

    Limits limits(PaymentKind kind) {
        return switch (kind) {
            case DEPOSIT -> deposits;
            case WITHDRAWAL -> withdrawals;
        };
    }
}
