package com.brokerx.orders;

import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.facades.http.FacadeSettings;
import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.facades.orders.HttpBooksFacade;
import com.brokerx.orders.writer.WriterSettings;
import io.dropwizard.util.Duration;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The facades of the other instances of this service, one for each address. */
final class Peers {

    /** Of the reads and writes that go to one peer; a peer that is down is soon asked again, since leases move in seconds. */
    private static final Duration BREAKER_OPEN = Duration.milliseconds(500);

    private final WriterSettings settings;
    private final HttpClient http;
    private final String internalToken;
    private final FacadeMetrics metrics;
    private final Map<URI, BooksFacade> facades = new ConcurrentHashMap<>();

    Peers(WriterSettings settings, HttpClient http, String internalToken, FacadeMetrics metrics) {
        this.settings = settings;
        this.http = http;
        this.internalToken = internalToken;
        this.metrics = metrics;
    }

    BooksFacade at(URI url) {
        return facades.computeIfAbsent(url, this::facade);
    }

    private BooksFacade facade(URI url) {
        FacadeSettings peer =
                new FacadeSettings(url, settings.forwardDeadline(), 1, null, null, null, null, null, BREAKER_OPEN);
        return new HttpBooksFacade(
                new FacadeClient("orders-" + url.getAuthority(), peer, http, internalToken, metrics));
    }
}
