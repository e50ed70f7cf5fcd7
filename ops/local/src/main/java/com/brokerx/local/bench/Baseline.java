package com.brokerx.local.bench;

import com.brokerx.local.UserError;
import com.brokerx.local.stack.Processes;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the same PostgreSQL server does with the least that an order could be: one transaction that changes a balance, and adds an
 * order and an event; prepared, 16 connections. By {@code pgbench} where it is installed, else by a loop over JDBC, which costs
 * more processor time and therefore gives a lower figure; the report says which it was.
 */
final class Baseline {

    private static final int CONNECTIONS = 16;
    private static final int ACCOUNTS = 10_000;
    private static final String DATABASE = "baseline";
    private static final Pattern TPS = Pattern.compile("tps = ([\\d.]+)");
    private static final String SCHEMA = """
            CREATE TABLE accounts (id bigint PRIMARY KEY, available numeric NOT NULL CHECK (available >= 0));
            INSERT INTO accounts SELECT id, 1000000000 FROM generate_series(1, %d) AS id;
            CREATE TABLE orders (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, account bigint NOT NULL, symbol text NOT NULL,
              quantity bigint NOT NULL, price numeric NOT NULL, created_at timestamptz NOT NULL DEFAULT now());
            CREATE TABLE events (
              id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, type text NOT NULL, payload text NOT NULL,
              created_at timestamptz NOT NULL DEFAULT now());
            """.formatted(ACCOUNTS);
    private static final String UPDATE = "UPDATE accounts SET available = available - 1 WHERE id = ";
    private static final String INSERT_ORDER =
            "INSERT INTO orders (account, symbol, quantity, price) VALUES (%s, 'AAPL', 10, 175.00)";
    private static final String INSERT_EVENT =
            "INSERT INTO events (type, payload) VALUES ('order.accepted', '{\"symbol\":\"AAPL\",\"quantity\":10}')";

    private final String url;
    private final Path script;
    private final boolean pgbench;

    /**
     * @param serverUrl JDBC URL of any database of the server
     * @param scratch folder for pgbench's script
     */
    Baseline(String serverUrl, Path scratch) throws SQLException, IOException, InterruptedException {
        this.url = serverUrl.substring(0, serverUrl.lastIndexOf('/') + 1) + DATABASE;
        this.script = scratch.resolve("baseline.sql");
        this.pgbench = Processes.succeeds("pgbench", "--version");
        try (Connection connection = DriverManager.getConnection(serverUrl, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + DATABASE);
        }
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(SCHEMA);
        }
        Files.writeString(
                script,
                "\\set account random(1, " + ACCOUNTS + ")\nBEGIN;\n" + UPDATE + ":account;\n"
                        + INSERT_ORDER.formatted(":account") + ";\n" + INSERT_EVENT + ";\nCOMMIT;\n");
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(url, "postgres", "");
    }

    String name() {
        return pgbench ? "pgbench -c " + CONNECTIONS + " -j 2 -M prepared" : "JDBC, " + CONNECTIONS + " connections";
    }

    /** Transactions a second. The tables start empty each time, so that every measurement asks the same. */
    double measure(int seconds) throws IOException, InterruptedException, SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute("TRUNCATE orders, events");
        }
        return pgbench ? byPgbench(seconds) : byJdbc(seconds);
    }

    private double byPgbench(int seconds) throws IOException, InterruptedException {
        URI address = URI.create(url.substring("jdbc:".length()));
        Output output = run(List.of(
                "pgbench",
                "-n",
                "-M",
                "prepared",
                "-c",
                Integer.toString(CONNECTIONS),
                "-j",
                "2",
                "-T",
                Integer.toString(seconds),
                "-f",
                script.toString(),
                "-h",
                address.getHost(),
                "-p",
                Integer.toString(address.getPort()),
                "-U",
                "postgres",
                DATABASE));
        Matcher tps = TPS.matcher(output.text());
        if (output.status() != 0 || !tps.find()) {
            throw new UserError("pgbench failed: " + output.text());
        }
        return Double.parseDouble(tps.group(1));
    }

    private record Output(int status, String text) {}

    private static Output run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Output(process.waitFor(), text);
    }

    private double byJdbc(int seconds) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<Future<Long>> loops = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS)) {
            for (int i = 0; i < CONNECTIONS; i++) {
                loops.add(threads.submit(() -> loop(end)));
            }
        }
        long transactions = 0;
        for (Future<Long> loop : loops) {
            try {
                transactions += loop.get();
            } catch (ExecutionException e) {
                throw new IllegalStateException("the baseline failed", e.getCause());
            }
        }
        return (double) transactions / seconds;
    }

    private long loop(long end) throws SQLException {
        long transactions = 0;
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement update = connection.prepareStatement(UPDATE + "?");
                    PreparedStatement order = connection.prepareStatement(INSERT_ORDER.formatted("?"));
                    PreparedStatement event = connection.prepareStatement(INSERT_EVENT)) {
                for (; System.nanoTime() < end; transactions++) {
                    long account = ThreadLocalRandom.current().nextLong(1, ACCOUNTS + 1L);
                    update.setLong(1, account);
                    update.executeUpdate();
                    order.setLong(1, account);
                    order.executeUpdate();
                    event.executeUpdate();
                    connection.commit();
                }
            }
        }
        return transactions;
    }
}
