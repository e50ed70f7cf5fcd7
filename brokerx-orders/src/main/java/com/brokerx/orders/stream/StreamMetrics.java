package com.brokerx.orders.stream;

import io.prometheus.client.CollectorRegistry;
import io.prometheus.client.Counter;
import io.prometheus.client.Gauge;
import io.prometheus.client.Histogram;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** The stream's series. */
public final class StreamMetrics {

    /** The series of one kind of channel. */
    private record OfKind(
            Gauge.Child subscriptions, Counter.Child conflated, Counter.Child gaps, Histogram.Child latency) {}

    private final Gauge connections;
    private final Counter disconnects;
    private final Counter overflows;
    private final Gauge redisUp;
    private final Gauge guards;
    private final Counter cancelledOnDisconnect;
    private final Map<ChannelName.Kind, OfKind> kinds = new EnumMap<>(ChannelName.Kind.class);

    public StreamMetrics(CollectorRegistry registry) {
        connections = Gauge.build("stream_connections", "Open connections of the live stream")
                .register(registry);
        disconnects = Counter.build("stream_disconnects_total", "Connections that we ended, by the reason given")
                .labelNames("reason")
                .register(registry);
        overflows = Counter.build(
                        "stream_overflows_total",
                        "Times that the stream fell behind the writer and caught up from storage")
                .labelNames("queue")
                .register(registry);
        redisUp = Gauge.build(
                        "stream_redis_up",
                        "Whether updates come from other instances through Redis; 0 also where none is set")
                .register(registry);
        guards = Gauge.build("stream_disconnect_guards", "Connections here that ask for cancel-on-disconnect")
                .register(registry);
        cancelledOnDisconnect = Counter.build(
                        "stream_disconnect_cancels_total", "Orders cancelled since a connection was lost")
                .register(registry);
        Gauge subscriptions = Gauge.build("stream_subscriptions", "Subscriptions by kind of channel")
                .labelNames("channel")
                .register(registry);
        Counter conflated = Counter.build("stream_conflated_total", "Updates that a slow reader was spared")
                .labelNames("channel")
                .register(registry);
        Counter gaps = Counter.build("stream_gaps_total", "Times that a reader was told of a gap")
                .labelNames("channel")
                .register(registry);
        Histogram latency = Histogram.build(
                        "stream_publish_seconds", "From the commit to an update's last byte handed to the network")
                .labelNames("channel")
                .buckets(.0005, .001, .0025, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5)
                .register(registry);
        for (ChannelName.Kind kind : ChannelName.Kind.values()) {
            kinds.put(
                    kind,
                    new OfKind(
                            subscriptions.labels(kind.wireName),
                            conflated.labels(kind.wireName),
                            gaps.labels(kind.wireName),
                            latency.labels(kind.wireName)));
        }
    }

    void connected() {
        connections.inc();
    }

    void disconnected() {
        connections.dec();
    }

    void ended(StreamCode reason) {
        disconnects.labels(reason.wireName()).inc();
    }

    void subscribed(ChannelName.Kind kind) {
        kinds.get(kind).subscriptions.inc();
    }

    void unsubscribed(ChannelName.Kind kind) {
        kinds.get(kind).subscriptions.dec();
    }

    void conflated(ChannelName.Kind kind) {
        kinds.get(kind).conflated.inc();
    }

    void gap(ChannelName.Kind kind) {
        kinds.get(kind).gaps.inc();
    }

    void sent(Encoded update, Instant now) {
        kinds.get(update.kind())
                .latency
                .observe(Duration.between(update.committedAt(), now).toNanos() / 1e9);
    }

    void guarded(int connectionsHere) {
        guards.set(connectionsHere);
    }

    void cancelledOnDisconnect(int orders) {
        cancelledOnDisconnect.inc(orders);
    }

    void overflowed(String queue) {
        overflows.labels(queue).inc();
    }

    void redisUp(boolean up) {
        redisUp.set(up ? 1 : 0);
    }
}
