package com.brokerx.commons.problem;

import java.time.Duration;

/**
 * Something that this service needs cannot be reached, or is overloaded; trying again later may help. Answered as 503
 * {@code service_unavailable} with {@code Retry-After}.
 */
public final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String dependency;
    private final Duration retryAfter;

    /**
     * @param dependency what is missing, as a caller may read it: "portfolios", "database", "queue"
     * @param retryAfter when it is worth asking again
     */
    public UnavailableException(String dependency, Duration retryAfter, Throwable cause) {
        super(dependency + " is not available", cause);
        this.dependency = dependency;
        this.retryAfter = retryAfter;
    }

    public UnavailableException(String dependency, Duration retryAfter) {
        this(dependency, retryAfter, null);
    }

    public Duration retryAfter() {
        return retryAfter;
    }

    public Problem toProblem() {
        return Problem.of(CommonCode.SERVICE_UNAVAILABLE, dependency + " is not available at the moment; try again")
                .retryAfter(retryAfter);
    }
}
