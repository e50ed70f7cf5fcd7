package com.brokerx.commons.app;

import com.brokerx.commons.auth.InternalTokenFilter;
import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.migration.CopyDataCommand;
import com.brokerx.commons.outbox.OutboxMonitor;
import com.brokerx.commons.problem.ProblemErrorHandler;
import com.brokerx.commons.problem.ProblemMappers;
import com.brokerx.commons.trace.TraceExport;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.server.AbstractServerFactory;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.validation.Validators;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.hotspot.DefaultExports;
import io.prometheus.client.servlet.jakarta.exporter.MetricsServlet;
import jakarta.servlet.DispatcherType;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import org.glassfish.jersey.server.ServerProperties;

/**
 * What every process of BrokerX stands on, whichever services it holds: strict JSON, problems for errors, request ids,
 * the guard before {@code /internal}, {@code /health}, {@code /docs} and Prometheus metrics. Each application adds it once,
 * before the bundles of its services.
 */
public final class Foundation implements ConfiguredBundle<ServiceConfiguration> {

    private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

    /** What is longer is sent in chunks. Jersey makes a buffer of this size for each answer; an order fits. */
    private static final int LONGEST_ANSWER_IN_ONE_PIECE_BYTES = 2048;

    private final CollectorRegistry metrics = new CollectorRegistry();
    private final GroupCommit.Metrics groupCommits = new GroupCommit.Metrics(metrics);
    private final OutboxMonitor outboxes = new OutboxMonitor(metrics);
    private final HttpClient http = newHttpClient();
    private final InstantSource clock;

    public Foundation() {
        this(InstantSource.system());
    }

    /** @param clock the time that the whole process goes by */
    public Foundation(InstantSource clock) {
        this.clock = clock;
    }

    public InstantSource clock() {
        return clock;
    }

    /** The process's metrics, served as {@code /metrics} on the admin port. */
    public CollectorRegistry metrics() {
        return metrics;
    }

    /** The series of every group commit of the process, registered once. */
    public GroupCommit.Metrics groupCommits() {
        return groupCommits;
    }

    /** Metrics, health and admin tasks of the process's outboxes. */
    public OutboxMonitor outboxes() {
        return outboxes;
    }

    /** The one client that facades and relays share. */
    public HttpClient http() {
        return http;
    }

    /** Another one of that kind: HTTP/1.1 with kept connections, no redirects. */
    public static HttpClient newHttpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    @Override
    public void initialize(Bootstrap<?> bootstrap) {
        bootstrap.setConfigurationSourceProvider(new SubstitutingSourceProvider(
                bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
        bootstrap.addCommand(new CopyDataCommand());
        bootstrap.setValidatorFactory(Validators.newConfiguration()
                .parameterNameProvider(new RememberedParameterNames())
                .buildValidatorFactory());
    }

    @Override
    public void run(ServiceConfiguration configuration, Environment environment) {
        ServiceSettings service = configuration.service();
        service.requireOwnSecret("service.internalToken", service.internalToken());
        if (configuration.getServerFactory() instanceof AbstractServerFactory server) {
            server.setRegisterDefaultExceptionMappers(false);
            // It would put the whole address into every log line, and a query may hold a token.
            server.setEnableThreadNameFilter(false);
        }
        // The configuration, which is written in camelCase, has been read by now.
        Json.strict(environment.getObjectMapper());
        if (configuration.tracing().isOn()) {
            environment
                    .lifecycle()
                    .manage(new TraceExport(configuration.tracing(), service.name(), service.instanceId()));
        }
        serveHttp(service, environment);
        serveMetrics(environment);
    }

    private void serveHttp(ServiceSettings service, Environment environment) {
        environment
                .servlets()
                .addFilter("request-id", new RequestIdFilter(service.instanceId()))
                .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        environment
                .lifecycle()
                .addServerLifecycleListener(
                        server -> server.setErrorHandler(new ProblemErrorHandler(service.instanceId())));
        var jersey = environment.jersey();
        ProblemMappers.register(jersey);
        jersey.register(new BodyReader(service));
        jersey.register(new HttpMetrics(metrics));
        jersey.register(new PlainEntities());
        jersey.register(new InternalTokenFilter(service.internalToken()));
        jersey.register(new HealthResource(service.name(), clock));
        jersey.register(new DocsResource());
        jersey.property("jersey.config.server.wadl.disableWadl", true);
        jersey.property(ServerProperties.OUTBOUND_CONTENT_LENGTH_BUFFER, LONGEST_ANSWER_IN_ONE_PIECE_BYTES);
        // The address of what was created is a path, which is right whoever ended TLS, under whatever name and port.
        jersey.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    }

    private void serveMetrics(Environment environment) {
        DefaultExports.register(metrics);
        metrics.register(DropwizardMetrics.of(environment.metrics()));
        environment
                .admin()
                .addServlet("prometheus", new MetricsServlet(metrics))
                .addMapping("/metrics");
    }
}
