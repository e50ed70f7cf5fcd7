package com.brokerx.commons.database;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.ColonPrefixSqlParser;
import org.jdbi.v3.core.statement.ParsedSql;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/**
 * Statements that go to the database together and are answered together: on a busy machine, or over a network, the way there and back
 * takes longer than most of them. They run in their order, each sees what those before it did, and the first one that fails ends the
 * rest. Parameters are named and bound as in JDBI.
 *
 * <p>pgjdbc sends statements of one text, separated by semicolons, without waiting between them, and prepares each of them on the
 * server as it does with single ones; so the same few combinations of statements should come again and again.
 */
public final class Pipeline {

    /** What a statement's row is read into. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    private static final ColonPrefixSqlParser PARSER = new ColonPrefixSqlParser();
    private static final Map<String, ParsedSql> PARSED = new ConcurrentHashMap<>();

    private final Handle transaction;
    private final List<Step<?>> steps = new ArrayList<>();

    public Pipeline(Handle transaction) {
        this.transaction = transaction;
    }

    public Handle transaction() {
        return transaction;
    }

    /** Adds a statement whose answer does not matter. */
    public Step<Void> update(String sql) {
        return query(sql, row -> null);
    }

    /** Adds a statement that answers with rows. */
    public <T> Step<T> query(String sql, RowReader<T> reader) {
        Step<T> step = new Step<>(sql, reader);
        steps.add(step);
        return step;
    }

    /**
     * Runs what was added since the last run; nothing where that is nothing.
     *
     * @throws UnableToExecuteStatementException when a statement fails; the transaction can then only be rolled back
     */
    public void run() {
        if (!steps.isEmpty()) {
            send();
        }
    }

    /**
     * Runs what was added since the last run and commits with it, which saves the way there and back of a commit of its own. What is done
     * with the handle afterwards is another transaction.
     *
     * @throws UnableToExecuteStatementException when a statement or the commit fails; nothing of the transaction stays, unless the connection
     *     was lost on the way: then it is not known
     */
    public void commit() {
        update("COMMIT");
        send();
    }

    private void send() {
        StatementContext context = transaction
                .createUpdate(steps.stream().map(step -> step.sql).collect(Collectors.joining(";\n")))
                .getContext();
        List<ParsedSql> parsed =
                steps.stream().map(step -> parse(step.sql, context)).toList();
        String sql = parsed.stream().map(ParsedSql::getSql).collect(Collectors.joining(";\n"));
        try (PreparedStatement statement = transaction.getConnection().prepareStatement(sql)) {
            bind(statement, parsed, context);
            boolean rows = statement.execute();
            for (Step<?> step : steps) {
                step.take(statement, rows);
                rows = statement.getMoreResults();
            }
        } catch (SQLException failed) {
            throw new UnableToExecuteStatementException(failed, context);
        }
        steps.clear();
    }

    private static ParsedSql parse(String sql, StatementContext context) {
        return PARSED.computeIfAbsent(sql, text -> PARSER.parse(text, context));
    }

    private void bind(PreparedStatement statement, List<ParsedSql> parsed, StatementContext context)
            throws SQLException {
        int position = 1;
        for (int i = 0; i < steps.size(); i++) {
            for (String name : parsed.get(i).getParameters().getParameterNames()) {
                steps.get(i).argument(name, context).apply(position++, statement, context);
            }
        }
    }

    /**
     * One statement.
     *
     * @param <T> what a row of its answer is read into
     */
    public static final class Step<T> {
        private final String sql;
        private final RowReader<T> reader;
        private final Map<String, Object> values = new HashMap<>();
        private final List<T> rows = new ArrayList<>();

        private Step(String sql, RowReader<T> reader) {
            this.sql = sql;
            this.reader = reader;
        }

        public Step<T> bind(String name, Object value) {
            values.put(name, value);
            return this;
        }

        /** The rows of the answer; none before the pipeline has run. */
        public List<T> rows() {
            return rows;
        }

        private Argument argument(String name, StatementContext context) {
            if (!values.containsKey(name)) {
                throw new IllegalStateException("nothing is bound to :" + name + " of " + sql);
            }
            Object value = values.get(name);
            if (value == null) {
                return (position, statement, ignored) -> statement.setNull(position, Types.NULL);
            }
            return context.findArgumentFor(value.getClass(), value)
                    .orElseThrow(() ->
                            new IllegalArgumentException("a " + value.getClass() + " cannot be bound to :" + name));
        }

        private void take(PreparedStatement statement, boolean hasRows) throws SQLException {
            if (!hasRows) {
                return;
            }
            try (ResultSet answer = statement.getResultSet()) {
                while (answer.next()) {
                    rows.add(reader.read(answer));
                }
            }
        }
    }
}
