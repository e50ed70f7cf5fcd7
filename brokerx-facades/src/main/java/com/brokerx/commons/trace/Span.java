package com.brokerx.commons.trace;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A piece of work in a trace: its context is the current one until it is closed. While no export is configured a span is a place in a
 * trace and nothing more; no object of OpenTelemetry is touched.
 */
public final class Span implements AutoCloseable {

    /** Null while nothing is exported. One for the process, as the logging context is. */
    private static volatile Tracer tracer;

    private final io.opentelemetry.api.trace.Span recorded;
    private final TraceContext.Scope scope;

    private Span(io.opentelemetry.api.trace.Span recordedOrNull, Optional<TraceContext> context) {
        this.recorded = recordedOrNull;
        this.scope = context.map(TraceContext::enter).orElse(null);
    }

    static void exportWith(Tracer tracerOrNull) {
        tracer = tracerOrNull;
    }

    /** The answer to a request. Without a parent it begins a trace. */
    public static Span server(String name, Optional<TraceContext> parent) {
        Tracer on = tracer;
        return on == null
                ? new Span(null, parent.or(() -> Optional.of(TraceContext.begin())))
                : start(on, SpanKind.SERVER, name, parent, List.of());
    }

    /** A call of another service. */
    public static Span client(String name) {
        Tracer on = tracer;
        return on == null
                ? new Span(null, Optional.empty())
                : start(
                        on,
                        SpanKind.CLIENT,
                        name,
                        TraceContext.currentHeader().flatMap(TraceContext::parse),
                        List.of());
    }

    /**
     * Work that was caused earlier and is done now: an event, a queued command.
     *
     * @param causes {@code traceparent}s; the first that is well formed is continued, the others are linked
     */
    public static Span consumer(String name, List<String> causes) {
        Tracer on = tracer;
        Stream<TraceContext> contexts = causes.stream().map(TraceContext::parse).flatMap(Optional::stream);
        if (on == null) {
            return new Span(null, contexts.findFirst());
        }
        List<TraceContext> distinct = contexts.distinct().toList();
        return start(
                on,
                SpanKind.CONSUMER,
                name,
                distinct.stream().findFirst(),
                distinct.stream().skip(1).toList());
    }

    private static Span start(
            Tracer tracer, SpanKind kind, String name, Optional<TraceContext> parent, List<TraceContext> links) {
        SpanBuilder builder = tracer.spanBuilder(name).setSpanKind(kind);
        parent.ifPresentOrElse(
                context -> builder.setParent(
                        Context.root().with(io.opentelemetry.api.trace.Span.wrap(contextOf(context)))),
                builder::setNoParent);
        links.forEach(context -> builder.addLink(contextOf(context)));
        io.opentelemetry.api.trace.Span recorded = builder.startSpan();
        SpanContext own = recorded.getSpanContext();
        return new Span(recorded, Optional.of(new TraceContext(own.getTraceId(), own.getSpanId(), own.isSampled())));
    }

    private static SpanContext contextOf(TraceContext context) {
        return SpanContext.createFromRemoteParent(
                context.traceId(),
                context.spanId(),
                context.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    /** Says more about the work, by the names of OpenTelemetry's semantic conventions. */
    public void attribute(String name, String value) {
        if (recorded != null) {
            recorded.setAttribute(name, value);
        }
    }

    public void rename(String name) {
        if (recorded != null) {
            recorded.updateName(name);
        }
    }

    public void fail(String why) {
        if (recorded != null) {
            recorded.setStatus(StatusCode.ERROR, why);
        }
    }

    @Override
    public void close() {
        if (scope != null) {
            scope.close();
        }
        if (recorded != null) {
            recorded.end();
        }
    }
}
