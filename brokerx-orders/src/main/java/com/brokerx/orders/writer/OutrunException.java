package com.brokerx.orders.writer;

/**
 * Somebody else was quicker: has taken over a book, changed an order, or stood in the way for too long. So what was to be committed is not.
 */
final class OutrunException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    OutrunException(String message) {
        super(message);
    }

    OutrunException(String message, Throwable cause) {
        super(message, cause);
    }
}
