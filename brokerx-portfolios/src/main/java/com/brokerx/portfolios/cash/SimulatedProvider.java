package com.brokerx.portfolios.cash;

/** Stands in for a payment provider where no real one is connected: every payment settles at once. */
public final class SimulatedProvider implements PaymentProvider {

    @Override
    public Answer submit(Order order) {
        return new Answer.Settled("simulated-" + order.paymentId());
    }
}
