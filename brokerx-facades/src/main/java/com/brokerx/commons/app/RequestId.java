package com.brokerx.commons.app;

import com.brokerx.commons.id.Ids;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/** The id that follows a request through logs, other services and events. Kept in the logging context of the thread. */
public final class RequestId {

    public static final String HEADER = "X-Request-Id";
    /** Accepted as another name, since gateways commonly use it. */
    public static final String ALTERNATIVE_HEADER = "X-Correlation-Id";

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

    /** Makes {@code id} the current one until the returned scope is closed. */
    public static Scope enter(String id) {
        return new Scope(MDC.putCloseable(MDC_KEY, id));
    }

    /** The first acceptable id, or a new one: what a caller sends must not be able to forge log lines. */
    static String accept(String requestId, String correlationId) {
        if (requestId != null && ACCEPTED.matcher(requestId).matches()) {
            return requestId;
        }
        if (correlationId != null && ACCEPTED.matcher(correlationId).matches()) {
            return correlationId;
        }
        return Ids.next().toString();
    }

    /** Ends the id's validity for this thread when closed. */
    public record Scope(MDC.MDCCloseable entry) implements AutoCloseable {
        @Override
        public void close() {
            entry.close();
        }
    }
}
