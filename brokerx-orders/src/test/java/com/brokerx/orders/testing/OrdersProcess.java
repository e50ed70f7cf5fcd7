package com.brokerx.orders.testing;

import com.brokerx.orders.OrdersApplication;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.FreePort;
import com.brokerx.testing.Signals;
import com.brokerx.testing.TestDatabase;
import com.brokerx.testing.TestIdentity;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** An instance of the orders service in a process of its own, to be killed or frozen. */
public final class OrdersProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(60);

    private final Process process;
    private final URI url;
    private final URI adminUrl;
    private final TestIdentity identity;

    private OrdersProcess(Process process, URI url, URI adminUrl, TestIdentity identity) {
        this.process = process;
        this.url = url;
        this.adminUrl = adminUrl;
        this.identity = identity;
    }

    /** Starts an instance and waits until every book has an owner. */
    public static OrdersProcess start(
            String instanceId,
            TestDatabase database,
            TestIdentity identity,
            FakePortfolios portfolios,
            String... settings) {
        return start(
                List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                instanceId,
                database,
                identity,
                portfolios,
                settings);
    }

    /** As above, with so much heap and otherwise as in production. */
    public static OrdersProcess startWithHeap(
            String most,
            String instanceId,
            TestDatabase database,
            TestIdentity identity,
            FakePortfolios portfolios,
            String... settings) {
        return start(List.of("-Xmx" + most), instanceId, database, identity, portfolios, settings);
    }

    private static OrdersProcess start(
            List<String> options,
            String instanceId,
            TestDatabase database,
            TestIdentity identity,
            FakePortfolios portfolios,
            String... settings) {
        int port = FreePort.find();
        int adminPort = FreePort.find();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "-Ddw.service.instanceId=" + instanceId,
                "-Ddw.clients.url=" + identity.serve(),
                "-Ddw.orders.database.url=" + database.url(),
                "-Ddw.orders.portfolios.url=" + portfolios.url(),
                "-Ddw.orders.outbox.subscribers[0].url=" + portfolios.url() + "/internal/webhooks/portfolios",
                "-Ddw.orders.outbox.subscribers[1].url=" + portfolios.url() + "/internal/webhooks/clients",
                "-Ddw.server.applicationConnectors[0].port=" + port,
                "-Ddw.server.adminConnectors[0].port=" + adminPort));
        for (String setting : settings) {
            command.add("-Ddw." + setting);
        }
        command.addAll(List.of(OrdersApplication.class.getName(), "server", "config/test.yml"));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(new File("target/" + instanceId + ".log"))
                    .start();
            // Also where it never becomes ready, or the test run is broken off.
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            URI adminUrl = URI.create("http://localhost:" + adminPort);
            OrdersProcess started =
                    new OrdersProcess(process, URI.create("http://localhost:" + port), adminUrl, identity);
            URI health = adminUrl.resolve("/healthcheck");
            Eventually.await(instanceId + " is ready", READY, () -> OrdersClient.isHealthy(health));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A client of its own who sends requests here. */
    public OrdersClient client() {
        return OrdersClient.of(url, identity);
    }

    public URI url() {
        return url;
    }

    /** The value of a series of the process; see {@link OrdersClient#metric}. */
    public double metric(String series) {
        return OrdersClient.metric(adminUrl, series);
    }

    /** As {@code kill -9}. */
    public void kill() {
        Signals.kill(process);
    }

    /** Stops the process where it stands; it does not notice. */
    public void freeze() {
        Signals.freeze(process);
    }

    public void thaw() {
        Signals.thaw(process);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
