package com.brokerx.local.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Sends the load from one thread over non-blocking sockets. It shares the cores with what it measures, so it does as little as
 * possible: see docs/decisions/0014-load-generator.md.
 */
final class LoadGenerator {

    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(15);

    private final URI target;
    private final int mostConnections;
    private final Traffic traffic;

    /** @param mostConnections that may be busy at once */
    LoadGenerator(URI target, int mostConnections, Traffic traffic) {
        this.target = target;
        this.mostConnections = mostConnections;
        this.traffic = traffic;
    }

    /** Sends for so many seconds, then waits for the answers that are still due. */
    Measurement run(Arrivals arrivals, int seconds) throws IOException {
        try (Selector selector = Selector.open()) {
            return new Run(selector, arrivals, seconds).run();
        }
    }

    private final class Run {
        private final Selector selector;
        private final Optional<Arrivals.Schedule> schedule;
        private final Measurement measurement;
        private final long end;
        private final List<Connection> connections = new ArrayList<>();
        private final Deque<Connection> idle = new ArrayDeque<>();
        private final Deque<Long> due = new ArrayDeque<>();
        private int busy;

        Run(Selector selector, Arrivals arrivals, int seconds) throws IOException {
            this.selector = selector;
            for (int i = 0; i < mostConnections; i++) {
                openConnection();
            }
            long start = System.nanoTime();
            this.end = start + TimeUnit.SECONDS.toNanos(seconds);
            this.measurement = new Measurement(start, seconds);
            this.schedule = switch (arrivals) {
                case Arrivals.Saturation() -> Optional.empty();
                case Arrivals.Open open -> Optional.of(open.schedule(start));
            };
        }

        private void openConnection() throws IOException {
            Connection connection = Connection.open(target, selector);
            connections.add(connection);
            idle.add(connection);
        }

        Measurement run() throws IOException {
            long now = System.nanoTime();
            while (now < end || ((busy > 0 || !due.isEmpty()) && now < end + GRACE_NANOS)) {
                sendWhatIsDue(now);
                selector.select(this::handle, pauseMillis(now));
                now = System.nanoTime();
            }
            if (busy + due.size() > 0) {
                measurement.failed("not answered", busy + due.size());
            }
            for (Connection connection : connections) {
                connection.close();
            }
            return measurement;
        }

        private void sendWhatIsDue(long now) throws IOException {
            if (schedule.isPresent()) {
                Arrivals.Schedule times = schedule.get();
                for (; times.next() <= now && times.next() < end; times.advance()) {
                    due.add(times.next());
                }
                while (!due.isEmpty() && !idle.isEmpty()) {
                    send(due.poll());
                }
            } else {
                while (now < end && !idle.isEmpty()) {
                    send(System.nanoTime());
                }
            }
        }

        private void send(long intended) throws IOException {
            Connection connection = idle.poll();
            busy++;
            try {
                connection.send(traffic.next(), intended);
            } catch (IOException e) {
                broken(connection, e);
            }
        }

        /** A millisecond is the shortest that a selector waits; being late by it counts into the latency. */
        private long pauseMillis(long now) {
            long until = schedule.isPresent() && now < end ? schedule.get().next() : now + 50_000_000;
            return Math.max(1, (until - now) / 1_000_000);
        }

        private void handle(SelectionKey key) {
            Connection connection = (Connection) key.attachment();
            try {
                if (key.isWritable()) {
                    connection.write();
                }
                if (key.isReadable()) {
                    connection.receive().ifPresent(response -> answered(connection, response));
                }
            } catch (IOException e) {
                broken(connection, e);
            }
        }

        private void answered(Connection connection, Response response) {
            busy--;
            measurement.answered(connection, response, System.nanoTime());
            traffic.answered(connection.request(), response);
            idle.add(connection);
        }

        /** What was under way is lost for the count, and another connection takes this one's place. */
        private void broken(Connection connection, IOException reason) {
            boolean wasBusy = !idle.remove(connection);
            busy -= wasBusy ? 1 : 0;
            measurement.failed("connection: " + reason.getMessage(), wasBusy ? 1 : 0);
            connections.remove(connection);
            try {
                connection.close();
                openConnection();
            } catch (IOException e) {
                measurement.failed("no connection: " + e.getMessage(), 1);
            }
        }
    }
}
