package com.brokerx.commons.auth;

import io.dropwizard.auth.AuthFilter;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;

/**
 * Takes the access token from the header {@code Authorization} and from nowhere else. Dropwizard's own filter would take one in the
 * address too, from where it gets into the logs of everything on the way.
 */
@Priority(Priorities.AUTHENTICATION)
final class BearerFilter extends AuthFilter<String, Caller> {

    private BearerFilter() {}

    @Override
    public void filter(ContainerRequestContext request) {
        String token = tokenOf(request.getHeaderString(HttpHeaders.AUTHORIZATION));
        if (!authenticate(request, token, SecurityContext.BASIC_AUTH)) {
            throw Authentication.unauthorized().asException();
        }
    }

    /** Null where the header holds none, which is as good as a wrong one. */
    private String tokenOf(String header) {
        if (header == null) {
            return null;
        }
        String[] words = header.split(" ", 2);
        return words.length == 2 && words[0].equalsIgnoreCase(prefix) ? words[1].strip() : null;
    }

    static final class Builder extends AuthFilterBuilder<String, Caller, BearerFilter> {
        @Override
        protected BearerFilter newInstance() {
            return new BearerFilter();
        }
    }
}
