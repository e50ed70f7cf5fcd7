package com.brokerx.orders.stream;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.json.Json;
import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.trade.Execution;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Through Redis. Of a book its whole state is told, not what changed, so that a message more or less does no harm; the last one
 * stays for a moment as the quote cache. Of order logs only the lengths are told: the entries are private, and stand in the database.
 */
final class RedisFanOut implements FanOut {

    private static final Logger LOG = LoggerFactory.getLogger(RedisFanOut.class);
    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);
    /** A book is told of at {@code brokerx:book:SYMBOL}, where its last state is kept as well. */
    private static final String BOOKS = "brokerx:book:";

    private static final String LOGS = "brokerx:logs";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** Commands that wait for a Redis that does not keep up; more are left out. */
    private static final int WAITING_COMMANDS = 1_000;

    /** What is told of a book. */
    record BookNews(BooksFacade.Book book, List<TapeEntry> trades, Instant committedAt) {}

    /** What is told of order logs. */
    record LogNews(UUID from, Map<UUID, Long> lastEntries) {}

    private final UUID self = UUID.randomUUID();
    private final RedisClient client;
    private final MarketBoard board;
    private final StreamMetrics metrics;
    private final long keptMillis;
    private final Map<UUID, Long> grown = new ConcurrentHashMap<>();
    private final AtomicBoolean telling = new AtomicBoolean();
    private final RepeatedTask link;
    private final RepeatedTask refreshing;
    private volatile Receiver receiver;
    private volatile StatefulRedisConnection<String, byte[]> commands;
    private volatile StatefulRedisPubSubConnection<String, byte[]> subscription;

    RedisFanOut(StreamSettings settings, MarketBoard board, StreamMetrics metrics) {
        this.board = board;
        this.metrics = metrics;
        Duration refresh = settings.refreshEvery().toJavaDuration();
        keptMillis = refresh.multipliedBy(2).toMillis();
        client = RedisClient.create(settings.redis().uri());
        client.setOptions(ClientOptions.builder()
                .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(WAITING_COMMANDS)
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.redis().timeout().toJavaDuration())
                        .build())
                .build());
        link = new RepeatedTask("stream-redis", LOOK_EVERY, this::look);
        refreshing = new RepeatedTask("stream-redis-refresh", refresh, this::refresh);
    }

    @Override
    public void listen(Receiver listener) {
        receiver = listener;
    }

    @Override
    public void start() {
        link.start();
        refreshing.start();
    }

    @Override
    public void stop() throws InterruptedException {
        refreshing.stop();
        link.stop();
        client.shutdown();
    }

    /** Connects for the first time; from then on the client does so by itself. */
    private void look() {
        try {
            if (commands == null) {
                commands = client.connect(CODEC);
            }
            if (subscription == null) {
                subscription = subscribe();
                LOG.info("following other instances through Redis");
            }
        } catch (RedisException down) {
            LOG.debug("Redis cannot be reached", down);
        }
        metrics.redisUp(commands != null && commands.isOpen() && subscription != null && subscription.isOpen());
    }

    private StatefulRedisPubSubConnection<String, byte[]> subscribe() {
        StatefulRedisPubSubConnection<String, byte[]> fresh = client.connectPubSub(CODEC);
        try {
            fresh.addListener(new Listener());
            fresh.sync().psubscribe(BOOKS + "*");
            fresh.sync().subscribe(LOGS);
            return fresh;
        } catch (RedisException failed) {
            fresh.close();
            throw failed;
        }
    }

    @Override
    public void tell(BookSnapshot book, List<TapeEntry> trades, Instant committedAt) {
        byte[] news = json(new BookNews(book.toFacade(), trades, committedAt));
        String name = BOOKS + book.symbol();
        publish(name, news);
        if (trades.isEmpty()) {
            keep(name, news);
        } else {
            keep(name, json(new BookNews(book.toFacade(), List.of(), committedAt)));
        }
    }

    /** Tells once more how the books stand that are owned here: the last word on a quiet one may have been lost. */
    private void refresh() {
        board.all().forEach(book -> tell(book, List.of(), book.at()));
    }

    @Override
    public void tell(List<Execution> entries) {
        entries.forEach(entry -> grown.merge(entry.order().clientId(), entry.clientSequence(), Math::max));
        if (telling.compareAndSet(false, true)) {
            try {
                link.execute(this::tellOfLogs);
            } catch (RejectedExecutionException stopping) {
                // The writer, whose thread this is, goes on to the end.
                LOG.debug("stopping", stopping);
            }
        }
    }

    private void tellOfLogs() {
        telling.set(false);
        Map<UUID, Long> taken = new HashMap<>();
        for (UUID client : grown.keySet()) {
            Long last = grown.remove(client);
            if (last != null) {
                taken.put(client, last);
            }
        }
        if (!taken.isEmpty()) {
            publish(LOGS, json(new LogNews(self, taken)));
        }
    }

    private void publish(String channel, byte[] message) {
        StatefulRedisConnection<String, byte[]> open = commands;
        if (open != null) {
            open.async().publish(channel, message).exceptionally(RedisFanOut::leaveOut);
        }
    }

    private void keep(String key, byte[] value) {
        StatefulRedisConnection<String, byte[]> open = commands;
        if (open != null) {
            open.async().set(key, value, SetArgs.Builder.px(keptMillis)).exceptionally(failed -> {
                leaveOut(failed);
                return null;
            });
        }
    }

    private static Long leaveOut(Throwable failed) {
        LOG.debug("Redis did not take a message", failed);
        return null;
    }

    @Override
    public Optional<BookSnapshot> find(String symbol) {
        StatefulRedisConnection<String, byte[]> open = commands;
        try {
            return Optional.ofNullable(open)
                    .filter(StatefulRedisConnection::isOpen)
                    .map(connection -> connection.sync().get(BOOKS + symbol))
                    .map(kept -> BookSnapshot.of(read(kept, BookNews.class).book()));
        } catch (RedisException | IllegalStateException useless) {
            LOG.debug("Redis has no book of {} for us", symbol, useless);
            return Optional.empty();
        }
    }

    private static byte[] json(Object news) {
        try {
            return Json.mapper().writeValueAsBytes(news);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static <T> T read(byte[] json, Class<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (IOException notOurs) {
            throw new IllegalStateException("another instance tells what this one does not understand", notOurs);
        }
    }

    /** On the client's own threads. */
    private final class Listener extends RedisPubSubAdapter<String, byte[]> {

        @Override
        public void message(String pattern, String channel, byte[] message) {
            String symbol = channel.substring(BOOKS.length());
            // What is owned here is known here, and was told by this instance.
            if (receiver.wants(symbol) && board.find(symbol).isEmpty()) {
                BookNews news = read(message, BookNews.class);
                receiver.receive(BookSnapshot.of(news.book()), news.trades(), news.committedAt());
            }
        }

        @Override
        public void message(String channel, byte[] message) {
            LogNews news = read(message, LogNews.class);
            if (!news.from().equals(self)) {
                receiver.grown(news.lastEntries());
            }
        }
    }
}
