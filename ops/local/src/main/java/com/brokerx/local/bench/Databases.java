package com.brokerx.local.bench;

import com.brokerx.local.stack.TemporaryStack;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads from the services' databases what the load costs them, and whether work is still under way. */
final class Databases implements AutoCloseable {

    private static final List<String> NAMES = List.of("clients", "portfolios", "orders");
    private final Map<String, Connection> connections = new LinkedHashMap<>();

    /**
     * @param commits of all transactions that changed or read something
     * @param walBytes written to the write-ahead log
     */
    record Cost(long commits, long walBytes) {
        Cost minus(Cost before) {
            return new Cost(commits - before.commits, walBytes - before.walBytes);
        }
    }

    Databases(TemporaryStack stack) throws SQLException {
        for (String name : NAMES) {
            connections.put(name, DriverManager.getConnection(stack.database(name), "postgres", ""));
        }
    }

    /** What each server has spent since it started, by the name of its database. */
    Map<String, Cost> costs() throws SQLException {
        Map<String, Cost> costs = new LinkedHashMap<>();
        for (String name : NAMES) {
            long commits = number(name, "SELECT xact_commit FROM pg_stat_database WHERE datname = current_database()");
            long wal = number(name, "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint");
            costs.put(name, new Cost(commits, wal));
        }
        return costs;
    }

    /** Events that no consumer has confirmed yet. */
    long eventsUnderWay() throws SQLException {
        return sum("SELECT count(*) FROM outbox");
    }

    /**
     * Does at once what servers would do in the middle of what is measured next. A checkpoint also leaves files of the write-ahead log to
     * be written again, as servers have them that have run for a while: to make one means to write 16 MB at once, which holds up commits.
     */
    void tidyUp() throws SQLException {
        for (Connection connection : connections.values()) {
            tidyUp(connection, "");
        }
    }

    /** @param tables which of them to vacuum; all where none is named */
    static void tidyUp(Connection connection, String tables) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("VACUUM (ANALYZE) " + tables);
            statement.execute("CHECKPOINT");
        }
    }

    /** Deadlocks since the servers were started; each has held somebody up for a second. */
    long deadlocks() throws SQLException {
        return sum("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");
    }

    /** How many orders there are, whatever became of them. */
    long storedOrders() throws SQLException {
        return number("orders", "SELECT count(*) FROM orders");
    }

    private long sum(String query) throws SQLException {
        long sum = 0;
        for (Connection connection : connections.values()) {
            sum += number(connection, query);
        }
        return sum;
    }

    private long number(String database, String query) throws SQLException {
        return number(connections.get(database), query);
    }

    /** The one number that the query gives. */
    static long number(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections.values()) {
            connection.close();
        }
    }
}
