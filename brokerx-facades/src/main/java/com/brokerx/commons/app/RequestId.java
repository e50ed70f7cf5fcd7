package com.brokerx.commons.app;

import com.brokerx.commons.id.Ids;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.MDC;

/** The id that follows a request through logs, other services and events. Kept in the logging context of the thread. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";
    /** Accepted as another name, since gateways commonly use it. */
    public static final String ALTERNATIVE_HEADER = "X-Correlation-Id";

    /** Says which instance of a service answered. */
    public static final String INSTANCE_HEADER = "X-Instance-Id";

    static final String MDC_KEY = "request_id";
    private static final Pattern ACCEPTED = Pattern.compile("[\\w.:#-]{1,128}");

    private RequestId() {}

    public static Optional<String> current() {
        return Optional.ofNullable(MDC.get(MDC_KEY));
    }

    /** The current id, or a new one where work starts without a request (timers, recovery). */
    public static String currentOrNew() {
        return current().orElseGet(() -> Ids.next().toString());
    }

    /** Makes {@code id} the current one until the returned scope is closed, which brings the one before back. */
    public static Scope enter(String id) {
        Scope scope = new Scope(current());
        MDC.put(MDC_KEY, id);
        return scope;
    }

    /**
     * The first acceptable id among the request's headers, or a new one: what a caller sends must not be able to forge log lines.
     *
     * @param headers gives a header's value by name, null where there is none
     */
    public static String accept(UnaryOperator<String> headers) {
        return Stream.of(HEADER, ALTERNATIVE_HEADER)
                .map(headers)
                .filter(id -> id != null && ACCEPTED.matcher(id).matches())
                .findFirst()
                .orElseGet(() -> Ids.next().toString());
    }

    /** Ends the id's validity for this thread when closed. */
    public record Scope(Optional<String> before) implements AutoCloseable {
        @Override
        public void close() {
            before.ifPresentOrElse(id -> MDC.put(MDC_KEY, id), () -> MDC.remove(MDC_KEY));
        }
    }
}
