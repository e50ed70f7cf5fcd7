package com.brokerx.testing;

import com.brokerx.commons.database.Database;
import io.dropwizard.db.DataSourceFactory;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Jdbi;

/**
 * Real PostgreSQL for tests: one server a test run, and as many databases as are asked for. A changelog runs once; each database is
 * copied from what it made, which takes some hundredths of a second.
 */
public final class TestDatabase {

    private static final AtomicInteger COUNTER = new AtomicInteger();
    private static final Map<String, String> TEMPLATES = new ConcurrentHashMap<>();

    private final String name;

    private TestDatabase(String name) {
        this.name = name;
    }

    /** A fresh database with the tables of {@code changelog}, for example {@code clients/migrations.xml}. */
    public static TestDatabase migrated(String changelog) {
        String template = TEMPLATES.computeIfAbsent(changelog, TestDatabase::makeTemplate);
        String name = "test_" + COUNTER.incrementAndGet();
        execute("CREATE DATABASE " + name + " TEMPLATE " + template);
        return new TestDatabase(name);
    }

    /** A fresh database with nothing in it. */
    public static TestDatabase empty() {
        String name = "test_" + COUNTER.incrementAndGet();
        execute("CREATE DATABASE " + name);
        return new TestDatabase(name);
    }

    public String url() {
        return Server.POSTGRES.getJdbcUrl("postgres", name);
    }

    /** What a service's configuration would hold. */
    public DataSourceFactory settings() {
        DataSourceFactory settings = new DataSourceFactory();
        settings.setDriverClass("org.postgresql.Driver");
        settings.setUrl(url());
        settings.setUser("postgres");
        settings.setInitialSize(1);
        settings.setMinSize(1);
        settings.setMaxSize(16);
        return settings;
    }

    /** Opened without a pool, with the plugins that services have. */
    public Jdbi jdbi() {
        return Database.withPlugins(Jdbi.create(url(), "postgres", ""));
    }

    private static String makeTemplate(String changelog) {
        TestDatabase template = empty();
        Database.migrate(template.settings(), changelog);
        return template.name;
    }

    private static synchronized void execute(String sql) {
        try (Connection connection = Server.POSTGRES.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Started when first needed, ended with the test run. */
    private static final class Server {
        private static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "on")
                        .setServerConfig("synchronous_commit", "on")
                        .setServerConfig("max_connections", "300")
                        .setServerConfig("shared_buffers", "64MB")
                        .start();
                Runtime.getRuntime().addShutdownHook(new Thread(() -> close(postgres)));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException("PostgreSQL did not start; as root it needs the program unshare", e);
            }
        }

        private static void close(EmbeddedPostgres postgres) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
