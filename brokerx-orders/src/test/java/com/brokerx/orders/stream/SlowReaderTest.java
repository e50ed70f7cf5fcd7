package com.brokerx.orders.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.auth.Caller;
import com.brokerx.orders.book.Depth;
import com.brokerx.orders.book.DepthLevel;
import com.brokerx.orders.market.TestInstruments;
import com.brokerx.testing.ManualClock;
import com.fasterxml.jackson.databind.JsonNode;
import io.dropwizard.util.DataSize;
import io.prometheus.client.CollectorRegistry;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Readers who do not keep up with a market channel. */
class SlowReaderTest {

    private static final StreamSettings SMALL_BUFFER = new StreamSettings(
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            DataSize.kibibytes(2),
            null,
            null,
            null,
            null,
            null,
            null);

    private final CollectorRegistry registry = new CollectorRegistry();
    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-05T12:00:00Z"));
    private final StreamMetrics metrics = new StreamMetrics(registry);
    private final BookChannel book = new BookChannel(TestInstruments.quiet(), metrics, clock);
    private final HeldWire slowWire = new HeldWire();
    private final HeldWire quickWire = new HeldWire();
    private final Connection slow = connection(slowWire);
    private final Connection quick = connection(quickWire);

    private Connection connection(HeldWire wire) {
        Connections connections = new Connections(SMALL_BUFFER, metrics, clock);
        Feeds feeds = new Feeds() {
            @Override
            public boolean isKnown(ChannelName channel) {
                return true;
            }

            @Override
            public Subscription subscribe(ChannelName channel, Connection connection, OptionalLong after) {
                throw new UnsupportedOperationException("the test subscribes by itself");
            }

            @Override
            public void resume(Connection connection) {
                book.resume(connection);
            }
        };
        Connection connection = new Connection(
                new StreamContext(SMALL_BUFFER, () -> null, connections, feeds, null, metrics, clock), wire);
        connection.admit("token", new Caller(UUID.randomUUID(), UUID.randomUUID(), Set.of()));
        return connection;
    }

    private static Depth bid(long quantity) {
        return new Depth(List.of(new DepthLevel(10_000, quantity, 1)), List.of(), quantity);
    }

    private static void assertNumberedByOnes(List<JsonNode> messages) {
        long last = -1;
        for (JsonNode message : messages) {
            long sequence = message.path("sequence").asLong();
            switch (message.path("type").asText()) {
                case "snapshot" -> last = sequence;
                case "gap" -> assertThat(sequence).isEqualTo(last);
                default -> {
                    assertThat(sequence).isEqualTo(last + 1);
                    last = sequence;
                }
            }
        }
    }

    @Test
    void areSparedUpdatesToldOfTheGapAndGetTheLatestState() {
        book.update(bid(1), clock.instant());
        book.add(slow);
        book.add(quick);

        slowWire.hold();
        for (int quantity = 2; quantity <= 1_000; quantity++) {
            book.update(bid(quantity), clock.instant());
        }
        slowWire.readOn();
        book.update(bid(1_001), clock.instant());

        List<JsonNode> read = slowWire.read();
        assertThat(read).hasSizeLessThan(50);
        assertNumberedByOnes(read);
        assertThat(read).extracting(message -> message.path("type").asText()).containsOnlyOnce("gap");
        assertThat(read.getLast().at("/data/bids").toString()).isEqualTo("[[\"100.00\",1001]]");
        assertThat(registry.getSampleValue("stream_conflated_total", new String[] {"channel"}, new String[] {"book"}))
                .isGreaterThan(900);
        assertThat(registry.getSampleValue("stream_gaps_total", new String[] {"channel"}, new String[] {"book"}))
                .isEqualTo(1);
    }

    @Test
    void doNotKeepOthersFromGettingEveryUpdate() {
        book.update(bid(1), clock.instant());
        book.add(slow);
        book.add(quick);

        slowWire.hold();
        for (int quantity = 2; quantity <= 1_000; quantity++) {
            book.update(bid(quantity), clock.instant());
        }

        assertThat(quickWire.read()).hasSize(1_000);
        assertNumberedByOnes(quickWire.read());
    }

    @Test
    void areGivenUpWhenTheyAskOnAndOnAndReadNothing() {
        slowWire.hold();
        for (int i = 0; i < 500 && !slowWire.isAborted(); i++) {
            slow.receive("{\"action\":\"ping\"}");
        }

        assertThat(slowWire.isAborted()).isTrue();
        assertThat(slowWire.closeReason()).isEqualTo("slow_reader");
    }
}
