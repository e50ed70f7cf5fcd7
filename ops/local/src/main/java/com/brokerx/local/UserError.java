package com.brokerx.local;

/** Something that the person at the terminal can put right; the message says how, and no stack trace is shown. */
public class UserError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }
}
