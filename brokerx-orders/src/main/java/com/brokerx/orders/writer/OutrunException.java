package com.brokerx.orders.writer;

/** Another instance was quicker: it has taken over a book or changed an order, so what was to be committed must not be. */
final class OutrunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutrunException(String message) {
        super(message);
    }
}
