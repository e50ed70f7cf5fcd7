package com.brokerx.commons.app;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Gives every request its id and says which instance answered. */
final class RequestIdFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

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
        try (var scope = RequestId.enter(id)) {
            chain.doFilter(request, response);
        }
    }
}
