package com.brokerx.local.bench;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.UnaryOperator;

/**
 * Fills the databases with what lies behind a brokerage after months: orders that ended long ago, with their executions and
 * reservations, and one account through which much has gone. By SQL that leaves every book right, since going through the services
 * would take hours: the reconciliation afterwards looks at these rows as at all others.
 */
final class History {

    private static final int ENTRIES_AT_ONCE = 200_000;
    private static final int ORDERS_AT_ONCE = 1_000_000;
    private static final Duration REACHES_BACK = Duration.ofDays(90);
    private static final Duration ENDED = Duration.ofDays(1);
    private static final Duration SEAL_PATIENCE = Duration.ofMinutes(10);
    private static final Duration POLL = Duration.ofMillis(500);

    private final UnaryOperator<String> databases;
    private final String[] clients;
    private final String[] symbols;
    private final PrintStream out;

    /** @param databases gives the JDBC URL of a service's database */
    History(UnaryOperator<String> databases, List<Account> accounts, List<String> symbols, PrintStream out) {
        this.databases = databases;
        this.clients = accounts.stream().map(Account::id).toArray(String[]::new);
        this.symbols = symbols.toArray(String[]::new);
        this.out = out;
    }

    /**
     * Returns when everything is stored, the tables are in the order in which an old database has them, and the ledger is sealed.
     *
     * @param wanted orders; every client gets as many as every other, so it may be a few less
     * @param entries through the first client's cash account, reservations and releases in turn
     * @return how many orders were stored
     */
    long fill(int wanted, int entries) throws SQLException, InterruptedException {
        long orders = (long) Math.max(1, wanted / clients.length) * clients.length;
        Instant oldest = Instant.now().minus(ENDED).minus(REACHES_BACK);
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            Future<Void> trading = both.submit(() -> fillOrders(orders, oldest));
            Future<Void> ledger = both.submit(() -> fillPortfolios(orders, oldest, entries));
            trading.get();
            ledger.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the databases could not be filled", e.getCause());
        }
        return orders;
    }

    private Void fillOrders(long orders, Instant oldest) throws SQLException {
        try (Connection connection = connect("orders")) {
            inBatches(
                    connection,
                    orders,
                    oldest,
                    "orders with their executions",
                    List.of(HistorySql.ORDERS, HistorySql.EXECUTIONS, HistorySql.REPORTED));
            tidy(connection, "orders, executions, client_logs, client_reports");
        }
        return null;
    }

    private Void fillPortfolios(long orders, Instant oldest, int entries) throws SQLException, InterruptedException {
        try (Connection connection = connect("portfolios")) {
            inBatches(connection, orders, oldest, "reservations", List.of(HistorySql.RESERVATIONS));
            fillAccount(connection, entries);
            awaitSealed(connection);
            tidy(connection, "reservations, entries, accounts, seals");
        }
        return null;
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(databases.apply(database), "postgres", "");
    }

    /** Each batch in a transaction of its own: first the orders by number, the same in both databases, then what belongs to them. */
    private void inBatches(Connection connection, long orders, Instant oldest, String what, List<String> statements)
            throws SQLException {
        long began = System.nanoTime();
        execute(connection, HistorySql.TABLE);
        connection.setAutoCommit(false);
        long atOnce = (long) Math.max(1, ORDERS_AT_ONCE / clients.length) * clients.length;
        for (long from = 0; from < orders; from += atOnce) {
            long below = Math.min(orders, from + atOnce);
            number(connection, from, below, orders, oldest);
            for (String statement : statements) {
                execute(connection, statement);
            }
            connection.commit();
            say("  %,d of %,d %s, %.0f s", below, orders, what, (System.nanoTime() - began) / 1e9);
        }
        connection.setAutoCommit(true);
    }

    private void number(Connection connection, long from, long below, long orders, Instant oldest) throws SQLException {
        execute(connection, "TRUNCATE earlier");
        try (PreparedStatement statement = connection.prepareStatement(HistorySql.NUMBER)) {
            statement.setLong(1, oldest.toEpochMilli());
            statement.setLong(2, REACHES_BACK.toMillis());
            statement.setLong(3, orders);
            statement.setArray(4, connection.createArrayOf("uuid", clients));
            statement.setArray(5, connection.createArrayOf("text", symbols));
            statement.setLong(6, from);
            statement.setLong(7, below);
            statement.executeUpdate();
        }
        execute(connection, "ANALYZE earlier");
    }

    private void fillAccount(Connection connection, int entries) throws SQLException {
        long began = System.nanoTime();
        for (int done = 0; done < entries; done += ENTRIES_AT_ONCE) {
            int now = Math.min(ENTRIES_AT_ONCE, entries - done);
            try (PreparedStatement statement = connection.prepareStatement(HistorySql.ENTRIES)) {
                statement.setString(1, clients[0]);
                statement.setInt(2, now);
                if (statement.executeUpdate() != now) {
                    throw new SQLException("client " + clients[0] + " has no account for cash");
                }
            }
        }
        say("  %,d entries of one account, %.0f s", entries, (System.nanoTime() - began) / 1e9);
    }

    /** The sealer has caught up: it would else be at work during the next round. */
    private void awaitSealed(Connection connection) throws SQLException, InterruptedException {
        long began = System.nanoTime();
        long last = Databases.number(connection, "SELECT max(id) FROM entries");
        while (Databases.number(connection, "SELECT coalesce(max(last_entry), 0) FROM seals") < last) {
            if (System.nanoTime() - began > SEAL_PATIENCE.toNanos()) {
                throw new SQLException("the ledger is not sealed after " + SEAL_PATIENCE.toMinutes() + " minutes");
            }
            Thread.sleep(POLL);
        }
        say("  sealed, %.0f s", (System.nanoTime() - began) / 1e9);
    }

    private void tidy(Connection connection, String tables) throws SQLException {
        long began = System.nanoTime();
        Databases.tidyUp(connection, tables);
        say("  %s: vacuumed and written, %.0f s", tables, (System.nanoTime() - began) / 1e9);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @FormatMethod
    private synchronized void say(String format, Object... arguments) {
        out.println(format.formatted(arguments));
        out.flush();
    }
}
