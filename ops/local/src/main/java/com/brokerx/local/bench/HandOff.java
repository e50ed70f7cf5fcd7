package com.brokerx.local.bench;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import io.prometheus.client.CollectorRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What a lone caller pays for the batches that serve a crowd: the same transaction committed by the caller's own thread, and handed
 * to {@link GroupCommit} while nobody else is there to share it. A batch of one is followed by no pause (docs/decisions/0018-pace.md),
 * so the difference is that of two thread switches.
 */
final class HandOff {

    private static final int WARM_UP = 500;
    private static final int TRANSACTIONS = 2_000;

    private final Connection connection;
    private final PreparedStatement insert;

    private HandOff(Connection connection) throws SQLException {
        this.connection = connection;
        this.insert = connection.prepareStatement("INSERT INTO hand_off (note) VALUES (?)");
        connection.setAutoCommit(false);
    }

    /**
     * @param directMicros median of a transaction by the caller's own thread
     * @param batchedMicros median of the same through {@link GroupCommit}
     */
    record Result(double directMicros, double batchedMicros) {
        double ratio() {
            return batchedMicros / directMicros;
        }
    }

    static Result measure(String databaseUrl) throws SQLException, InterruptedException {
        try (Connection connection = DriverManager.getConnection(databaseUrl, "postgres", "")) {
            connection.createStatement().execute("CREATE TABLE IF NOT EXISTS hand_off (note text NOT NULL)");
            return new HandOff(connection).measure();
        }
    }

    private Result measure() throws InterruptedException {
        GroupCommit<String, Integer> batches = new GroupCommit<>(
                "hand-off",
                GroupCommitSettings.DEFAULT,
                new GroupCommit.Metrics(new CollectorRegistry()),
                this::commit);
        batches.start();
        Histogram direct = new Histogram(3);
        Histogram batched = new Histogram(3);
        // By turns, so that both meet the same machine.
        for (int i = 0; i < WARM_UP + TRANSACTIONS; i++) {
            time(() -> commit(List.of("direct")), i, direct);
            time(() -> batches.submit("batched"), i, batched);
        }
        batches.stop();
        return new Result(direct.getValueAtPercentile(50) / 1e3, batched.getValueAtPercentile(50) / 1e3);
    }

    private static void time(Runnable work, int round, Histogram histogram) {
        long started = System.nanoTime();
        work.run();
        if (round >= WARM_UP) {
            histogram.recordValue(System.nanoTime() - started);
        }
    }

    private List<Integer> commit(List<String> notes) {
        try {
            for (String note : notes) {
                insert.setString(1, note);
                insert.executeUpdate();
            }
            connection.commit();
            return notes.stream().map(String::length).toList();
        } catch (SQLException e) {
            throw new IllegalStateException("the baseline's database does not take an insert", e);
        }
    }
}
