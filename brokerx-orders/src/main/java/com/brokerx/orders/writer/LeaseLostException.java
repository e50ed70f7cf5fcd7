package com.brokerx.orders.writer;

/** Another instance has taken over a book; what was to be committed for it must not be. */
final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(String symbol) {
        super("the book of " + symbol + " belongs to another instance now");
    }
}
