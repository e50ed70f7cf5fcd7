package com.brokerx.commons.problem;

/**
 * A stable, machine-readable reason for an error answer. Each service lists its own in an enum; names never change once
 * published, since callers branch on them.
 */
public interface Code {

    /** The enum constant's name; its lower case is what callers see. */
    String name();

    /** The HTTP status that goes with this code. */
    int status();

    /** One short sentence that is the same for every occurrence (RFC 9457, {@code title}). */
    String title();

    default String wireName() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
