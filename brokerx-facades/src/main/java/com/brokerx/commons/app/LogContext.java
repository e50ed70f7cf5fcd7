package com.brokerx.commons.app;

import org.slf4j.MDC;

/**
 * What every log line of the current request says besides its text: {@code request_id} and {@code trace_id} always, {@code client_id}
 * once the caller is known, and what a resource adds, for example {@code order_id}. Forgotten when the request ends.
 */
public final class LogContext {

    public static final String CLIENT_ID = "client_id";

    private LogContext() {}

    /** @param key in snake_case, a name that JSON logs list (see {@code logging} in {@code config/production.yml}) */
    public static void put(String key, Object value) {
        MDC.put(key, value.toString());
    }

    static void clear() {
        MDC.clear();
    }
}
