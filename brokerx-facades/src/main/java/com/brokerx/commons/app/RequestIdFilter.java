package com.brokerx.commons.app;

import com.brokerx.commons.trace.Span;
import com.brokerx.commons.trace.TraceContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/** Gives every request its id and its place in a trace, and says which instance answered. */
final class RequestIdFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    /** Where the request's {@link Span} is found once its route is known. */
    static final String SPAN = Span.class.getName();

    private final String instanceId;

    RequestIdFilter(String instanceId) {
        this.instanceId = instanceId;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        String id = RequestId.accept(request::getHeader);
        response.setHeader(RequestId.HEADER, id);
        response.setHeader(RequestId.INSTANCE_HEADER, instanceId);
        Optional<TraceContext> caller = TraceContext.parse(request.getHeader(TraceContext.HEADER));
        try (var scope = RequestId.enter(id);
                Span span = Span.server(request.getMethod(), caller)) {
            request.setAttribute(SPAN, span);
            try {
                chain.doFilter(request, response);
            } finally {
                LogContext.leaveTo(request);
            }
            span.attribute("http.response.status_code", Integer.toString(response.getStatus()));
            if (response.getStatus() >= 500) {
                span.fail("answered " + response.getStatus());
            }
        } finally {
            LogContext.clear();
        }
    }
}
