package com.brokerx.commons.trace;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.MDC;

/**
 * A place in a trace, as the W3C recommendation "Trace Context" writes it in the header {@code traceparent}. The current one is kept
 * in the logging context of the thread, so that log lines carry its id; it is passed on whether spans are exported or not.
 *
 * @param traceId 32 hexadecimal digits, the same in everything that one request sets going
 * @param spanId 16 hexadecimal digits, the piece of work that causes what comes next
 * @param sampled whether the trace is being recorded
 */
public record TraceContext(String traceId, String spanId, boolean sampled) {

    public static final String HEADER = "traceparent";

    private static final String MDC_TRACE_ID = "trace_id";
    private static final Pattern FORMAT =
            Pattern.compile("(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");
    private static final int SAMPLED = 1;

    /** The context that a header or an event carries; empty when there is none or it is not well formed, which begins a new trace. */
    public static Optional<TraceContext> parse(String headerOrNull) {
        if (headerOrNull == null) {
            return Optional.empty();
        }
        Matcher matcher = FORMAT.matcher(headerOrNull);
        // Later versions may append fields; the first one may not.
        if (!matcher.matches() || (matcher.group(1).equals("00") && matcher.group(5) != null)) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), 16) & SAMPLED) != 0;
        return Optional.of(new TraceContext(matcher.group(2), matcher.group(3), sampled));
    }

    /** The beginning of a trace that nobody records. */
    public static TraceContext begin() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        String traceId = hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE));
        return new TraceContext(traceId, hex.toHexDigits(random.nextLong(1, Long.MAX_VALUE)), false);
    }

    /** What to pass on to whatever this thread causes, empty outside of any trace. */
    public static Optional<String> currentHeader() {
        return Optional.ofNullable(MDC.get(HEADER));
    }

    public String toHeader() {
        return "00-" + traceId + "-" + spanId + (sampled ? "-01" : "-00");
    }

    /** Makes this the current context until the returned scope is closed, which brings the one before back. */
    public Scope enter() {
        Scope scope = new Scope(MDC.get(HEADER), MDC.get(MDC_TRACE_ID));
        MDC.put(HEADER, toHeader());
        MDC.put(MDC_TRACE_ID, traceId);
        return scope;
    }

    /** Brings back what was current before. */
    public record Scope(String headerBefore, String traceIdBefore) implements AutoCloseable {
        @Override
        public void close() {
            restore(HEADER, headerBefore);
            restore(MDC_TRACE_ID, traceIdBefore);
        }

        private static void restore(String key, String valueOrNull) {
            if (valueOrNull == null) {
                MDC.remove(key);
            } else {
                MDC.put(key, valueOrNull);
            }
        }
    }
}
