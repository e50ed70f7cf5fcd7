package com.brokerx.portfolios.cash;

/** What people read about a payment. */
final class PaymentMessages {

    private PaymentMessages() {}

    static PaymentView.Answer answer(Payment payment) {
        return new PaymentView.Answer(payment.view(), message(payment), false);
    }

    private static String message(Payment payment) {
        String what =
                switch (payment.kind()) {
                    case DEPOSIT -> "The deposit";
                    case WITHDRAWAL -> "The withdrawal";
                };
        return switch (payment.status()) {
            case Payment.COMPLETED -> what + " is completed";
            case Payment.FAILED -> what + " was refused by the payment provider";
            default -> what + " is under way";
        };
    }
}
