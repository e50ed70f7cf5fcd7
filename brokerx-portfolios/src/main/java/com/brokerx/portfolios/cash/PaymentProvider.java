package com.brokerx.portfolios.cash;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * Whoever moves money between a client's bank and the house. Asked outside of any transaction; may answer at once or later, and may be
 * asked about the same payment again: the payment's id makes it happen once.
 */
public interface PaymentProvider {

    /** What the provider is asked to do. */
    record Order(UUID paymentId, String kind, UUID clientId, BigDecimal amount, String currency) {}

    /** What the provider says of a payment. */
    sealed interface Answer {
        /** The money has moved. */
        record Settled(String reference) implements Answer {}

        /** It will not move. */
        record Refused(String reason) implements Answer {}

        /** It is under way; the provider calls back, or is asked again. */
        record UnderWay() implements Answer {}
    }

    /**
     * Asks for the payment, or how it stands.
     *
     * @throws com.brokerx.commons.problem.UnavailableException when no answer can be had in time: nothing is known of its effect
     */
    Answer submit(Order order);
}
