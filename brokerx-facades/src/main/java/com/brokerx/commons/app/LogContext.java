package com.brokerx.commons.app;

import jakarta.servlet.ServletRequest;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.MDC;

/**
 * What every log line of the current request says besides its text: {@code request_id} and {@code trace_id} always, {@code client_id}
 * once the caller is known, and what a resource adds, for example {@code order_id}. Forgotten when the request ends, except by the
 * request itself, for the request log.
 */
public final class LogContext {

    public static final String CLIENT_ID = "client_id";
    public static final String ORDER_ID = "order_id";

    private LogContext() {}

    /** @param key in snake_case, a name that JSON logs list (see {@code logging} in {@code config/production.yml}) */
    public static void put(String key, Object value) {
        MDC.put(key, value.toString());
    }

    /** The work, with the context that this thread has now, in whatever thread it is done. */
    public static <A, B> Function<A, B> carry(Function<A, B> work) {
        Map<String, String> carried = MDC.getCopyOfContextMap();
        return argument -> {
            Map<String, String> before = MDC.getCopyOfContextMap();
            set(carried);
            try {
                return work.apply(argument);
            } finally {
                set(before);
            }
        };
    }

    private static void set(Map<String, String> contextOrNull) {
        if (contextOrNull == null) {
            MDC.clear();
        } else {
            MDC.setContextMap(contextOrNull);
        }
    }

    /** The request log is written later, by no thread of the request's. */
    static void leaveTo(ServletRequest request) {
        Map<String, String> known = MDC.getCopyOfContextMap();
        if (known != null) {
            known.forEach(request::setAttribute);
        }
    }

    static void clear() {
        MDC.clear();
    }
}
