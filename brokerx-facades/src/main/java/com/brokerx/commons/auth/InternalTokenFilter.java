package com.brokerx.commons.auth;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.uri.UriTemplate;

/** Lets only callers who hold the house's token reach {@code /internal}. */
@Priority(Priorities.AUTHENTICATION)
public final class InternalTokenFilter implements ContainerRequestFilter {

    public static final String HEADER = "X-Internal-Token";

    private static final Pattern INTERNAL = Pattern.compile("/?internal(?:/|$)");

    private final byte[] token;

    public InternalTokenFilter(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        if (!isInternal(request)) {
            return;
        }
        String sent = request.getHeaderString(HEADER);
        // Compared in constant time, so that the answer's delay tells nothing.
        if (sent == null || !MessageDigest.isEqual(token, sent.getBytes(StandardCharsets.UTF_8))) {
            throw Problem.of(CommonCode.UNAUTHORIZED, "this path wants the header " + HEADER)
                    .withHeader("WWW-Authenticate", "InternalToken realm=\"brokerx\"")
                    .asException();
        }
    }

    /** Goes by the resource that was found and not by the address, which may be written as {@code /internal;a=b/journals} too. */
    private static boolean isInternal(ContainerRequestContext request) {
        List<UriTemplate> matched = ((ExtendedUriInfo) request.getUriInfo()).getMatchedTemplates();
        return !matched.isEmpty()
                && INTERNAL.matcher(matched.getLast().getTemplate()).lookingAt();
    }
}
