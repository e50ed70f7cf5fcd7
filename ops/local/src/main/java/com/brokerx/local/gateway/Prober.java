package com.brokerx.local.gateway;

import com.brokerx.local.gateway.TargetHealth.Failure;
import com.brokerx.local.gateway.TargetHealth.State;
import com.brokerx.local.gateway.config.KongFile.ActiveChecks;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Active health checks: asks each target in its interval, a healthy one and an unhealthy one each in its own. */
final class Prober implements AutoCloseable {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    private final ExecutorService watchers = Executors.newVirtualThreadPerTaskExecutor();

    void watch(Balancer balancer) {
        ActiveChecks checks = balancer.checks().active();
        if (checks.healthy().interval() > 0 || checks.unhealthy().interval() > 0) {
            balancer.targets().forEach(target -> target.uri()
                    .ifPresent(uri -> watchers.execute(() -> watch(target, probe(uri, checks), checks))));
        }
    }

    private static HttpRequest probe(URI uri, ActiveChecks checks) {
        return HttpRequest.newBuilder(uri.resolve(checks.httpPath()))
                .timeout(seconds(checks.timeout()))
                .build();
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    private void watch(Target target, HttpRequest probe, ActiveChecks checks) {
        try {
            while (!watchers.isShutdown()) {
                boolean down = target.health().state() == State.UNHEALTHY;
                double pause =
                        down ? checks.unhealthy().interval() : checks.healthy().interval();
                Thread.sleep(seconds(pause > 0 ? pause : 1));
                if (pause > 0) {
                    ask(target, probe, checks);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void ask(Target target, HttpRequest probe, ActiveChecks checks) throws InterruptedException {
        try {
            int status =
                    CLIENT.send(probe, HttpResponse.BodyHandlers.discarding()).statusCode();
            target.health().answered(status, checks.healthy(), checks.unhealthy());
        } catch (HttpTimeoutException e) {
            target.health().failed(Failure.TIMEOUT, checks.unhealthy());
        } catch (IOException e) {
            target.health().failed(Failure.TCP, checks.unhealthy());
        }
    }

    @Override
    public void close() {
        watchers.shutdownNow();
    }
}
