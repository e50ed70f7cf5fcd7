package com.brokerx.commons.problem;

/**
 * Ends a request with a {@link Problem}. Thrown by resources and by what stands before them (filters, readers); services
 * return sealed outcomes instead. Has no stack trace, since it is an answer and no fault.
 */
public final class ProblemException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
