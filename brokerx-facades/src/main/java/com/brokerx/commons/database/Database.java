package com.brokerx.commons.database;

import io.dropwizard.core.setup.Environment;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.jdbi3.JdbiFactory;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryOutputEnum;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.jdbi.v3.core.ConnectionException;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementException;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;

/** A service's database: brought to the newest schema, then opened as a pool. */
public final class Database {

    /** How SQL states begin. */
    private static final Set<String> UNREACHABLE = Set.of("08", "53", "57", "25P03");

    /** Lock not available, deadlock, serialization failure. */
    private static final Set<String> CONTENDED = Set.of("55P03", "40P01", "40001");

    /** A character that no text may hold, a time that no column may. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22008");

    /** An advisory lock that nothing else takes. */
    private static final long TURN = 0x6d696772617465L;

    private static final Pattern SCHEMA = Pattern.compile("[?&]currentSchema=([a-z_]+)");

    private Database() {}

    /** Migrates, and builds the pool that the service works with; its health check carries the service's name. */
    public static Jdbi open(Environment environment, DataSourceFactory settings, String service) {
        return open(environment, settings, Optional.empty(), service);
    }

    /** As above; where there is an owner, the tables belong to them and the service's own user may only use them. */
    public static Jdbi open(
            Environment environment, DataSourceFactory settings, Optional<DatabaseOwner> owner, String service) {
        String changelog = service + "/migrations.xml";
        owner.filter(DatabaseOwner::isGiven)
                .ifPresentOrElse(
                        who -> {
                            migrate(who.of(settings), changelog);
                            who.grantUse(settings);
                        },
                        () -> migrate(settings, changelog));
        // PostgreSQL's details quote the row at fault.
        settings.getProperties().putIfAbsent("logServerErrorDetail", "false");
        // What reads a lot must not take all cores from those who trade; what the settings say comes later and wins.
        settings.getProperties()
                .merge("options", "-c max_parallel_workers_per_gather=0", (given, ours) -> ours + " " + given);
        Jdbi jdbi = withPlugins(new JdbiFactory().build(environment, settings, service));
        // Statements stand in the code as they are sent; to look for templates in them costs more than some of them
        // take.
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(Database::withoutArguments);
        return jdbi;
    }

    /** What is bound to a statement may be personal or secret, and is not for the log; none of JDBI's own ways leaves it out. */
    private static String withoutArguments(StatementException failed) {
        StatementContext context = failed.getStatementContext();
        return context == null
                ? failed.getShortMessage()
                : failed.getShortMessage() + " [statement: " + context.getRawSql() + "]";
    }

    /** The database without a pool, for a command that works once and ends. */
    public static Jdbi openOnce(DataSourceFactory settings) {
        return withPlugins(Jdbi.create(() -> connect(settings)));
    }

    /** What every store takes for granted. */
    public static Jdbi withPlugins(Jdbi jdbi) {
        return jdbi.installPlugin(new SqlObjectPlugin())
                .installPlugin(new PostgresPlugin())
                .installPlugin(new BinaryArrays());
    }

    /**
     * Runs the changelog on a connection of its own: Liquibase switches autocommit off and leaves it so, and a pool would hand
     * that connection on to code that then never commits.
     *
     * @throws IllegalStateException when the database cannot be reached or a change fails; nothing half done stays
     */
    public static void migrate(DataSourceFactory settings, String changelog) {
        try (Connection connection = connect(settings)) {
            takeTheTimeItTakes(connection);
            takeTurn(connection);
            Optional<String> schema = schemaOf(settings.getUrl());
            if (schema.isPresent()) {
                createSchema(connection, schema.get());
            }
            var database =
                    DatabaseFactory.getInstance().findCorrectDatabaseImplementation(new JdbcConnection(connection));
            if (schema.isPresent()) {
                database.setDefaultSchemaName(schema.get());
                database.setLiquibaseSchemaName(schema.get());
            }
            update(new Liquibase(changelog, new ClassLoaderResourceAccessor(), database));
        } catch (SQLException | LiquibaseException e) {
            throw new IllegalStateException("the database at " + settings.getUrl() + " could not be migrated", e);
        }
    }

    /** What it does is told in the log; on its own it would write to standard output. */
    private static void update(Liquibase liquibase) throws LiquibaseException {
        liquibase.setShowSummaryOutput(UpdateSummaryOutputEnum.LOG);
        try {
            Scope.child(Scope.Attr.ui, new LoggerUIService(), () -> liquibase.update(""));
        } catch (LiquibaseException | RuntimeException failed) {
            throw failed;
        } catch (Exception failed) {
            throw new LiquibaseException(failed);
        }
    }

    /** A time-out meant for the service's short transactions must not end a migration, which thinks between statements. */
    private static void takeTheTimeItTakes(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET idle_in_transaction_session_timeout = 0");
        }
    }

    /**
     * One process at a time changes the schema of a database and who may use it, until it closes {@code connection}. Liquibase's own lock
     * is a row of a table that has to be made first, and PostgreSQL refuses rights that two grant at once. A turn may take longer than a
     * service waits for a row.
     */
    static void takeTurn(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET lock_timeout = 0");
            statement.execute("SELECT pg_advisory_lock(" + TURN + ")");
            statement.execute("RESET lock_timeout");
        }
    }

    /** A connection outside of any pool. */
    static Connection connect(DataSourceFactory settings) throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings.getProperties());
        properties.setProperty("user", settings.getUser());
        Optional.ofNullable(settings.getPassword()).ifPresent(password -> properties.setProperty("password", password));
        return DriverManager.getConnection(settings.getUrl(), properties);
    }

    /**
     * Whether this failed since the database could not be reached or threw the connection away: SQL state classes 08, 53 and 57, and
     * 25P03, the end of a transaction that stood still for too long.
     */
    public static boolean isUnreachable(Throwable thrown) {
        return causes(thrown)
                .anyMatch(cause -> cause instanceof ConnectionException
                        || hasState(cause, state -> UNREACHABLE.stream().anyMatch(state::startsWith)));
    }

    /** Whether this failed since others were at the same rows for too long; done again it may well succeed. */
    public static boolean isContended(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> hasState(cause, CONTENDED::contains));
    }

    /** Whether this failed since a value is none that PostgreSQL could store or look for, which is the caller's fault. */
    public static boolean isUnstorable(Throwable thrown) {
        return causes(thrown).anyMatch(cause -> hasState(cause, UNSTORABLE::contains));
    }

    private static Stream<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause);
    }

    private static boolean hasState(Throwable cause, Predicate<String> wanted) {
        return cause instanceof SQLException sql && sql.getSQLState() != null && wanted.test(sql.getSQLState());
    }

    private static void createSchema(Connection connection, String schema) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE SCHEMA IF NOT EXISTS " + schema);
        }
    }

    private static Optional<String> schemaOf(String url) {
        Matcher matcher = SCHEMA.matcher(url);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
