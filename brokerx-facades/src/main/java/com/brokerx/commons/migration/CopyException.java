package com.brokerx.commons.migration;

/** The data cannot be copied as it is; the message says why, to a person. Nothing was changed. */
public final class CopyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CopyException(String message) {
        super(message);
    }

    CopyException(String message, Throwable cause) {
        super(message, cause);
    }
}
