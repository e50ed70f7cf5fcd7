package com.brokerx.facades.http;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.auth.InternalTokenFilter;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.Span;
import com.brokerx.commons.trace.TraceContext;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadFullException;
import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.Supplier;

/**
 * The guarded way to another service: Retry(CircuitBreaker(Bulkhead(call with a deadline))). An answer below 500 is a value,
 * whatever it says, and never trips the breaker; everything else ends as {@link UnavailableException} in a bounded time.
 */
public final class FacadeClient {

    private final String name;
    private final FacadeSettings settings;
    private final HttpClient http;
    private final String internalToken;
    private final FacadeMetrics metrics;
    private final Bulkhead bulkhead;
    private final CircuitBreaker breaker;
    private final Retry retry;

    public FacadeClient(
            String name, FacadeSettings settings, HttpClient http, String internalToken, FacadeMetrics metrics) {
        this.name = name;
        this.settings = settings;
        this.http = http;
        this.internalToken = internalToken;
        this.metrics = metrics;
        this.bulkhead = Bulkhead.of(
                name,
                BulkheadConfig.custom()
                        .maxConcurrentCalls(settings.maximumConcurrentCalls())
                        .maxWaitDuration(settings.bulkheadWait().toJavaDuration())
                        .build());
        this.breaker = CircuitBreaker.of(
                name,
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(settings.failureRate())
                        .slidingWindowSize(settings.breakerWindow())
                        .minimumNumberOfCalls(settings.breakerWindow() / 2)
                        .waitDurationInOpenState(settings.openFor().toJavaDuration())
                        // Without a call too, so that what watches the breaker does not see it open for ever.
                        .automaticTransitionFromOpenToHalfOpenEnabled(true)
                        .permittedNumberOfCallsInHalfOpenState(3)
                        .recordException(CallFailedException.class::isInstance)
                        .build());
        this.retry = Retry.of(
                name,
                RetryConfig.custom()
                        .maxAttempts(settings.attempts())
                        .intervalFunction(IntervalFunction.ofExponentialRandomBackoff(
                                settings.retryWait().toJavaDuration(), 2.0, 0.5))
                        .retryOnException(CallFailedException.class::isInstance)
                        .build());
        metrics.watch(breaker);
    }

    /** Whether calls are being refused because too many failed; for health checks. */
    public boolean isBreakerOpen() {
        return breaker.getState() == CircuitBreaker.State.OPEN;
    }

    /** A read; tried again when it fails. */
    public FacadeResponse get(String operation, String path) {
        return guarded(retry, operation, request(path).GET());
    }

    /** A change that may safely arrive twice; tried again when it fails. */
    public FacadeResponse postIdempotent(String operation, String path, Object body) {
        return guarded(retry, operation, post(path, body));
    }

    /** A change with a key that makes it safe to try again. */
    public FacadeResponse postWithKey(String operation, String path, String idempotencyKey, Object body) {
        return guarded(retry, operation, post(path, body).header("Idempotency-Key", idempotencyKey));
    }

    /** A change that must not arrive twice; tried once. */
    public FacadeResponse post(String operation, String path, Object body) {
        return guarded(null, operation, post(path, body));
    }

    private HttpRequest.Builder post(String path, Object body) {
        try {
            return request(path)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a request that cannot be written as JSON", e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(settings.url().resolve(path))
                .timeout(settings.deadline().toJavaDuration())
                .header("Accept", "application/json")
                .header(InternalTokenFilter.HEADER, internalToken)
                .header(RequestId.HEADER, RequestId.currentOrNew());
    }

    private FacadeResponse guarded(Retry retryOrNull, String operation, HttpRequest.Builder builder) {
        try (Span span = Span.client(name + " " + operation)) {
            TraceContext.currentHeader().ifPresent(traceparent -> builder.header(TraceContext.HEADER, traceparent));
            return guarded(retryOrNull, operation, builder.build(), span);
        }
    }

    private FacadeResponse guarded(Retry retryOrNull, String operation, HttpRequest request, Span span) {
        Supplier<FacadeResponse> call = CircuitBreaker.decorateSupplier(
                breaker, Bulkhead.decorateSupplier(bulkhead, () -> send(operation, request)));
        try {
            return retryOrNull == null
                    ? call.get()
                    : Retry.decorateSupplier(retryOrNull, call).get();
        } catch (CallFailedException | CallNotPermittedException | BulkheadFullException failed) {
            span.fail(failed.toString());
            throw new UnavailableException(name, settings.openFor().toJavaDuration(), failed);
        }
    }

    private FacadeResponse send(String operation, HttpRequest request) {
        long started = System.nanoTime();
        String outcome = "failed";
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (response.statusCode() >= 500 || response.statusCode() == 429) {
                throw new CallFailedException(operation + " was answered with " + response.statusCode(), null);
            }
            outcome = response.statusCode() < 400 ? "success" : "refused";
            return new FacadeResponse(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new CallFailedException(operation + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CallFailedException(operation + " was interrupted", e);
        } finally {
            metrics.observe(name, operation, outcome, started);
        }
    }

    private static final class CallFailedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        CallFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
