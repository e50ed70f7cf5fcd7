package com.brokerx.commons.app;

import com.brokerx.commons.auth.Authentication;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.testing.TestIdentity;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.auth.Auth;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.slf4j.MDC;

/** The smallest service on the {@link Foundation}, for its tests. */
public final class EchoApplication extends Application<EchoApplication.EchoConfiguration> {

    static final TestIdentity IDENTITY = new TestIdentity();

    public static final class EchoConfiguration extends ServiceConfiguration {
        @JsonProperty
        private String unused;

        public String unused() {
            return unused;
        }
    }

    /** Some of each kind of value that bodies have. */
    public record Echo(@NotBlank String someName, @NotNull BigDecimal amount, long quantity, Instant at) {}

    /** Answers with what it got. */
    @Path("/echo")
    @Produces(MediaType.APPLICATION_JSON)
    @Consumes(MediaType.APPLICATION_JSON)
    public static final class EchoResource {
        @POST
        public Echo echo(@Valid @NotNull Echo body) {
            return body;
        }

        @GET
        @Path("/{id}")
        public String one(@PathParam("id") UUID id) {
            return "\"" + id + "\"";
        }

        @GET
        @Path("/list")
        public Page<Long> list(@BeanParam PageRequest page) {
            long from = page.beforeNumber().orElse(101L) - 1;
            List<Long> rows = LongStream.iterate(from, n -> n > 0, n -> n - 1)
                    .limit(page.limitPlusOne())
                    .boxed()
                    .toList();
            return Page.of(page, rows, n -> n);
        }

        @GET
        @Path("/me")
        public String me(@Auth Caller caller) {
            return "\"" + caller.clientId() + "\"";
        }

        @GET
        @Path("/log_context")
        public Map<String, String> logContext(@Auth Caller caller) {
            return MDC.getCopyOfContextMap();
        }

        @GET
        @Path("/fault")
        public String fault() {
            throw new IllegalStateException("SELECT secret FROM table");
        }

        @GET
        @Path("/down")
        public String down() {
            throw new UnavailableException("portfolios", Duration.ofSeconds(2));
        }
    }

    /** Stands for what only other services may call. */
    @Path("/internal/echo")
    public static final class InternalResource {
        @GET
        public String get() {
            return "inside";
        }
    }

    @Override
    public void initialize(Bootstrap<EchoConfiguration> bootstrap) {
        bootstrap.addBundle(new Foundation());
    }

    @Override
    public void run(EchoConfiguration configuration, Environment environment) {
        Authentication.install(environment, IDENTITY.verifier());
        environment.jersey().register(new EchoResource());
        environment.jersey().register(new InternalResource());
    }
}
