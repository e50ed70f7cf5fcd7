package com.brokerx.local.gateway;

import io.undertow.client.UndertowClient;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.proxy.ConnectionPoolManager;
import io.undertow.server.handlers.proxy.ProxyCallback;
import io.undertow.server.handlers.proxy.ProxyClient.ProxyTarget;
import io.undertow.server.handlers.proxy.ProxyConnection;
import io.undertow.server.handlers.proxy.ProxyConnectionPool;
import java.net.URI;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.xnio.OptionMap;

/** One process that requests can go to, with the connections that are kept open to it. */
final class Target implements AutoCloseable {

    private final String name;
    private final Optional<URI> uri;
    private final TargetHealth health;
    private final ProxyConnectionPool pool;

    /** Empty {@code uri}: there is no such process on this machine. */
    Target(String name, Optional<URI> uri, TargetHealth health) {
        this.name = name;
        this.uri = uri;
        this.health = health;
        this.pool = uri.map(address ->
                        new ProxyConnectionPool(new PoolSize(), address, UndertowClient.getInstance(), OptionMap.EMPTY))
                .orElse(null);
    }

    String name() {
        return name;
    }

    Optional<URI> uri() {
        return uri;
    }

    String address() {
        return uri.map(URI::getAuthority).orElse("");
    }

    TargetHealth health() {
        return health;
    }

    void connect(
            ProxyTarget target, HttpServerExchange exchange, ProxyCallback<ProxyConnection> callback, long millis) {
        pool.connect(target, exchange, callback, millis, TimeUnit.MILLISECONDS, false);
    }

    @Override
    public void close() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Sizes for each I/O thread. Whether the target is usable, {@link TargetHealth} alone decides. */
    private static final class PoolSize implements ConnectionPoolManager {

        private static final int CONNECTIONS = 512;
        private static final int QUEUE = 1_000;
        /** Shorter than the services' own idle time-out of 30 s, so that no request meets a connection just closed. */
        private static final long IDLE_MILLIS = 10_000;

        @Override
        public int getMaxConnections() {
            return CONNECTIONS;
        }

        @Override
        public int getMaxCachedConnections() {
            return CONNECTIONS;
        }

        @Override
        public int getSMaxConnections() {
            return 0;
        }

        @Override
        public long getTtl() {
            return IDLE_MILLIS;
        }

        @Override
        public int getMaxQueueSize() {
            return QUEUE;
        }

        @Override
        public int getProblemServerRetry() {
            return 0;
        }

        @Override
        public boolean isAvailable() {
            return true;
        }

        @Override
        public boolean handleError() {
            return true;
        }

        @Override
        public boolean clearError() {
            return true;
        }
    }
}
