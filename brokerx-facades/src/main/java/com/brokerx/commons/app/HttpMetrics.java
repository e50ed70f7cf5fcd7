package com.brokerx.commons.app;

import com.brokerx.commons.trace.Span;
import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Histogram;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.glassfish.jersey.server.ExtendedUriInfo;
import org.glassfish.jersey.uri.UriTemplate;

/** How long requests take, by method, route template and status; never by path, so that the series stay bounded. */
@PreMatching
final class HttpMetrics implements ContainerRequestFilter, ContainerResponseFilter {

    private static final String STARTED = HttpMetrics.class.getName();

    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private final Histogram durations;
    /** As many as there are resource methods. */
    private final Map<String, String> routes = new ConcurrentHashMap<>();

    HttpMetrics(CollectorRegistry registry) {
        this.durations = Histogram.build("http_server_request_duration_seconds", "Time to answer a request")
                .labelNames("method", "route", "status")
                .buckets(.001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10)
                .register(registry);
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(STARTED, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(STARTED) instanceof Long started) {
            String route = route(request);
            durations
                    .labels(method(request), route, Integer.toString(response.getStatus()))
                    .observe((System.nanoTime() - started) / 1e9);
            if (request.getProperty(RequestIdFilter.SPAN) instanceof Span span) {
                span.rename(method(request) + " " + route);
                span.attribute("http.route", route);
            }
        }
    }

    private static String method(ContainerRequestContext request) {
        return switch (request.getMethod()) {
            case "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS" -> request.getMethod();
            default -> "other";
        };
    }

    private String route(ContainerRequestContext request) {
        List<UriTemplate> templates = ((ExtendedUriInfo) request.getUriInfo()).getMatchedTemplates();
        if (templates.isEmpty()) {
            return "unmatched";
        }
        StringBuilder route = new StringBuilder();
        for (UriTemplate template : templates.reversed()) {
            route.append(template.getTemplate());
        }
        return routes.computeIfAbsent(
                route.toString(), joined -> SLASHES.matcher(joined).replaceAll("/"));
    }
}
