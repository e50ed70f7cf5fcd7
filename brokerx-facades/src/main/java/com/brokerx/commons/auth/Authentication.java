package com.brokerx.commons.auth;

import com.brokerx.commons.app.LogContext;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import io.dropwizard.auth.AuthDynamicFeature;
import io.dropwizard.auth.AuthValueFactoryProvider;
import io.dropwizard.auth.Authorizer;
import io.dropwizard.core.setup.Environment;
import java.util.Optional;
import org.glassfish.jersey.server.filter.RolesAllowedDynamicFeature;

/** Puts bearer tokens before every resource method that asks for a {@link Caller} with {@code @Auth}. */
public final class Authentication {

    private Authentication() {}

    /** Call once a process. */
    public static void install(Environment environment, TokenVerifier verifier) {
        Authorizer<Caller> byRole = (caller, role, request) -> caller.roles().contains(role);
        environment
                .jersey()
                .register(new AuthDynamicFeature(new BearerFilter.Builder()
                        .setAuthenticator(token -> named(verifier.verify(token)))
                        .setAuthorizer(byRole)
                        .setPrefix("Bearer")
                        .buildAuthFilter()));
        environment.jersey().register(RolesAllowedDynamicFeature.class);
        environment.jersey().register(new AuthValueFactoryProvider.Binder<>(Caller.class));
    }

    /** From here on the request's log lines say whose it is. */
    private static Optional<Caller> named(Optional<Caller> caller) {
        caller.ifPresent(known -> LogContext.put(LogContext.CLIENT_ID, known.clientId()));
        return caller;
    }

    /** The 401 of the whole API, with the challenge that RFC 6750 asks for. */
    public static Problem unauthorized() {
        return Problem.of(CommonCode.UNAUTHORIZED, "send a valid access token in the header Authorization: Bearer …")
                .withHeader("WWW-Authenticate", "Bearer realm=\"brokerx\"");
    }
}
