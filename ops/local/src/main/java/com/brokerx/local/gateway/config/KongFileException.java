package com.brokerx.local.gateway.config;

import com.brokerx.local.UserError;

/** {@code kong.yml} says something that this gateway does not know; the message names the place and what is allowed. */
public final class KongFileException extends UserError {

    private static final long serialVersionUID = 1L;

    public KongFileException(String message) {
        super(message);
    }
}
