package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFile;
import com.brokerx.local.gateway.config.KongFileReader;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.List;

/**
 * The public door on one machine: reads Kong's {@code kong.yml} and does what Kong would do with it, for the plugins
 * that are used there. In production the door is Kong itself.
 */
final class Gateway implements AutoCloseable {

    private final Hosts hosts;
    private final RateCounters counters;
    private final Metrics metrics = new Metrics();
    private final Undertow door;
    private final Undertow admin;
    private volatile Site site;
    private volatile String text;

    /** Ports may be 0, for ones that are free. */
    Gateway(
            String text,
            String origin,
            Hosts hosts,
            InstantSource clock,
            List<InetAddress> addresses,
            int port,
            int adminPort) {
        this.hosts = hosts;
        this.counters = new RateCounters(clock);
        load(text, origin);
        metrics.reportTargets(() -> site.observed());
        this.door = listening(addresses, port, this::handle);
        this.admin = listening(addresses, adminPort, AdminApi.handler(this));
        door.start();
        admin.start();
    }

    private static Undertow listening(List<InetAddress> addresses, int port, HttpHandler handler) {
        Undertow.Builder server = Undertow.builder()
                .setIoThreads(Math.max(2, Runtime.getRuntime().availableProcessors()))
                .setWorkerThreads(8)
                .setServerOption(UndertowOptions.ALWAYS_SET_DATE, true)
                .setHandler(handler);
        addresses.forEach(address -> server.addHttpListener(port, address.getHostAddress()));
        return server.build();
    }

    private void handle(HttpServerExchange exchange) throws Exception {
        site.handleRequest(exchange);
    }

    /**
     * Takes over another configuration, at once and whole; one that is not valid changes nothing.
     *
     * @throws com.brokerx.local.gateway.config.KongFileException for one that is not valid
     */
    final synchronized void load(String newText, String origin) {
        KongFile file = KongFileReader.read(newText, origin);
        Site before = site;
        site = new Site(file, hosts, counters, metrics);
        text = newText;
        if (before != null) {
            before.close();
        }
    }

    Site site() {
        return site;
    }

    /** The configuration in force, as it was given. */
    String text() {
        return text;
    }

    Metrics metrics() {
        return metrics;
    }

    int port() {
        return port(door);
    }

    int adminPort() {
        return port(admin);
    }

    private static int port(Undertow server) {
        return ((InetSocketAddress) server.getListenerInfo().getFirst().getAddress()).getPort();
    }

    @Override
    public void close() {
        door.stop();
        admin.stop();
        site.close();
    }
}
