package com.brokerx.local;

/** Something that the person at the terminal can put right; the message says how, and no stack trace is shown. */
public final class UserError extends RuntimeException {

    public UserError(String message) {
        super(message);
    }
}
