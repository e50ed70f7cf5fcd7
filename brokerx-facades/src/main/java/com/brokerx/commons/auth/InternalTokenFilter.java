package com.brokerx.commons.auth;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** Lets only callers who hold the house's token reach {@code /internal}. */
@Priority(Priorities.AUTHENTICATION)
public final class InternalTokenFilter implements ContainerRequestFilter {

    public static final String HEADER = "X-Internal-Token";

    private final byte[] token;

    public InternalTokenFilter(String token) {
        this.token = token.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        String path = request.getUriInfo().getPath();
        if (!path.equals("internal") && !path.startsWith("internal/")) {
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
}
