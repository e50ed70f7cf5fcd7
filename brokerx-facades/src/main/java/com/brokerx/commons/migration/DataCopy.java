package com.brokerx.commons.migration;

import com.brokerx.commons.migration.Tables.Table;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;

/**
 * Copies everything that a service keeps from one PostgreSQL schema to another, for example from its schema in a shared database to a
 * database of its own. All of it or nothing: one transaction on the side that is written. Nobody can write to the source meanwhile, so
 * the copy is whole; each table is counted and checksummed on both sides before the commit.
 *
 * <p>A rehearsal does all of that on a snapshot, holds nobody up, and rolls back.
 */
public final class DataCopy {

    private final String from;
    private final String to;
    private final Properties login;
    private final PrintStream out;

    /**
     * @param from where the data is: a JDBC URL, with {@code currentSchema} where it is not in {@code public}
     * @param to where it goes; its tables have to be there, of the same version
     * @param user of both, unless a URL names another
     */
    public DataCopy(String from, String to, String user, String password, PrintStream out) {
        this.from = from;
        this.to = to;
        this.login = new Properties();
        login.setProperty("user", user);
        login.setProperty("password", password);
        this.out = out;
    }

    /**
     * @param rehearse leave nothing behind
     * @param replace first empty a target that holds rows which the source does not have
     * @throws CopyException when the two do not fit or differ afterwards; the target is as before
     */
    public void run(boolean rehearse, boolean replace) throws SQLException, IOException {
        try (Connection source = DriverManager.getConnection(from, login);
                Connection target = DriverManager.getConnection(to, login)) {
            prepare(source);
            prepare(target);
            Tables tables = Tables.of(source, target);
            if (!rehearse) {
                holdWritersOff(source, tables);
            }
            if (!replace) {
                tables.requireNothingOfItsOwn(source, target);
            }
            copy(source, target, tables);
            verify(source, target, tables);
            if (rehearse) {
                target.rollback();
                out.println("Rehearsed: everything fits. Nothing was changed.");
            } else {
                tables.copySequences(source, target);
                target.commit();
                out.println("Copied.");
            }
            source.rollback();
        }
    }

    /** One snapshot for the whole copy, and one way to write times as text, on which the checksums depend. */
    private static void prepare(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        execute(connection, "SET LOCAL timezone = 'UTC'");
        execute(connection, "SET LOCAL datestyle = 'ISO'");
        execute(connection, "SET LOCAL lock_timeout = '10s'");
        execute(connection, "SET LOCAL idle_in_transaction_session_timeout = 0");
    }

    /** Before the first read: a snapshot taken earlier would lack what was committed until the lock was there. */
    private static void holdWritersOff(Connection source, Tables tables) throws SQLException {
        source.rollback();
        prepare(source);
        try {
            execute(source, "LOCK TABLE " + names(tables.all()) + " IN SHARE MODE");
        } catch (SQLException e) {
            throw new CopyException("the source is being written to; stop what uses it first", e);
        }
    }

    private void copy(Connection source, Connection target, Tables tables) throws SQLException, IOException {
        // Rules about what may change and who may change it hold for people; a copy has to be the same to the last bit.
        for (Table table : tables.all()) {
            execute(target, "ALTER TABLE " + table.quoted() + " DISABLE TRIGGER USER");
        }
        execute(target, "TRUNCATE " + names(tables.all()));
        for (Table table : tables.referencedFirst()) {
            copy(source, target, table);
        }
        for (Table table : tables.all()) {
            execute(target, "ALTER TABLE " + table.quoted() + " ENABLE TRIGGER USER");
        }
    }

    private static void copy(Connection source, Connection target, Table table) throws SQLException, IOException {
        String read = "COPY (SELECT " + table.columns() + " FROM " + table.quoted() + ") TO STDOUT (FORMAT binary)";
        String write = "COPY " + table.quoted() + " (" + table.columns() + ") FROM STDIN (FORMAT binary)";
        try (PGCopyOutputStream sink = new PGCopyOutputStream(target.unwrap(PGConnection.class), write)) {
            source.unwrap(PGConnection.class).getCopyAPI().copyOut(read, sink);
        }
    }

    private void verify(Connection source, Connection target, Tables tables) throws SQLException {
        for (Table table : tables.all()) {
            Tables.Sum there = table.sum(source);
            Tables.Sum here = table.sum(target);
            if (!there.equals(here)) {
                throw new CopyException(table.name() + " differs after the copy: " + there + " became " + here
                        + "; nothing was changed");
            }
            out.printf("  %-28s %,12d rows  %s%n", table.name(), here.rows(), here.checksum());
        }
    }

    private static String names(List<Table> tables) {
        return tables.stream().map(Table::quoted).collect(Collectors.joining(", "));
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
