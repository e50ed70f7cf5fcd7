package com.brokerx.facades.http;

/** The other side answered something that the contract does not know: a fault of one of the two, not worth a retry. */
public final class FacadeProtocolException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public FacadeProtocolException(String message, Throwable cause) {
        super(message, cause);
    }
}
