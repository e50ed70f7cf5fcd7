package com.brokerx.commons.migration;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables and sequences of a schema that two databases have in the same version. Liquibase's own are left out. */
final class Tables {

    /** A target with more rows than this was in use and is not looked into row by row. */
    private static final int MOST_OWN_ROWS = 100_000;

    private static final String FIND = """
            SELECT c.relname, string_agg(quote_ident(a.attname), ', ' ORDER BY a.attname)
            FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
              AND c.relname NOT IN ('databasechangelog', 'databasechangeloglock')
            GROUP BY c.relname ORDER BY c.relname""";

    private static final String REFERENCES = """
            SELECT child.relname, parent.relname
            FROM pg_constraint r
            JOIN pg_class child ON child.oid = r.conrelid
            JOIN pg_class parent ON parent.oid = r.confrelid
            WHERE r.contype = 'f' AND child.relnamespace = current_schema()::regnamespace AND child.oid <> parent.oid""";

    private static final String CHANGES =
            "SELECT string_agg(id || '@' || coalesce(md5sum, ''), ',' ORDER BY id) FROM databasechangelog";

    private static final String SEQUENCES = """
            SELECT c.relname FROM pg_class c
            WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind = 'S' ORDER BY c.relname""";

    /** @param columns quoted, in one order for both sides, without generated ones */
    record Table(String name, String columns) {

        String quoted() {
            return '"' + name + '"';
        }

        /** The same for the same rows, in whatever order they lie. */
        Sum sum(Connection connection) throws SQLException {
            String sql =
                    "SELECT count(*), coalesce(sum(('x' || left(md5(row::text), 15))::bit(60)::bigint), 0) FROM (SELECT "
                            + columns + " FROM " + quoted() + ") row";
            try (Statement statement = connection.createStatement();
                    ResultSet result = statement.executeQuery(sql)) {
                result.next();
                return new Sum(result.getLong(1), result.getBigDecimal(2));
            }
        }

        /** What was written since the last migration, as hashes of whole rows. */
        private Set<String> ownRows(Connection connection) throws SQLException {
            String sql = "SELECT md5(row::text) FROM (SELECT " + columns + " FROM " + quoted()
                    + " WHERE age(xmin) < (SELECT min(age(xmin)) FROM databasechangelog) LIMIT " + (MOST_OWN_ROWS + 1)
                    + ") row";
            return Set.copyOf(column(connection, sql));
        }

        private boolean has(Connection connection, Set<String> rows) throws SQLException {
            String sql = "SELECT count(DISTINCT md5(row::text)) FROM (SELECT " + columns + " FROM " + quoted()
                    + ") row WHERE md5(row::text) = ANY (?)";
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                statement.setArray(1, connection.createArrayOf("text", rows.toArray()));
                try (ResultSet result = statement.executeQuery()) {
                    result.next();
                    return result.getLong(1) == rows.size();
                }
            }
        }
    }

    record Sum(long rows, BigDecimal checksum) {}

    private final List<Table> tables;
    private final Map<String, Set<String>> parents;

    private Tables(List<Table> tables, Map<String, Set<String>> parents) {
        this.tables = tables;
        this.parents = parents;
    }

    /** @throws CopyException when the two sides are not of the same version */
    static Tables of(Connection source, Connection target) throws SQLException {
        List<Table> there = find(source);
        if (there.isEmpty()) {
            throw new CopyException("the source has no tables; does its URL name the schema (currentSchema=…)?");
        }
        if (find(target).isEmpty()) {
            throw new CopyException("the target has no tables; start the service on it once, which makes them");
        }
        if (!there.equals(find(target)) || !one(source, CHANGES).equals(one(target, CHANGES))) {
            throw new CopyException("the two sides are not of the same version; start the same version on both once");
        }
        return new Tables(there, references(source));
    }

    List<Table> all() {
        return tables;
    }

    /** A table comes after those that its foreign keys point to. */
    List<Table> referencedFirst() {
        Set<Table> ordered = new LinkedHashSet<>();
        while (ordered.size() < tables.size()) {
            Set<String> done = new HashSet<>();
            ordered.forEach(table -> done.add(table.name()));
            List<Table> ready = tables.stream()
                    .filter(table -> !ordered.contains(table))
                    .filter(table -> done.containsAll(parents.getOrDefault(table.name(), Set.of())))
                    .toList();
            if (ready.isEmpty()) {
                throw new CopyException("foreign keys go round in a circle among " + parents.keySet());
            }
            ordered.addAll(ready);
        }
        return List.copyOf(ordered);
    }

    /**
     * What migrations put there the source has too, perhaps changed since. What was written after them came from somebody who uses the
     * target, and would be lost, unless an earlier copy wrote it and the source has the very same.
     */
    void requireNothingOfItsOwn(Connection source, Connection target) throws SQLException {
        for (Table table : tables) {
            Set<String> own = table.ownRows(target);
            if (own.size() > MOST_OWN_ROWS || (!own.isEmpty() && !table.has(source, own))) {
                throw new CopyException(table.name() + " of the target holds rows that the source does not have."
                        + " Is it in use already? To give them up, say so (--replace)");
            }
        }
    }

    /** So that the next number is a new one on the other side too. */
    void copySequences(Connection source, Connection target) throws SQLException {
        for (String sequence : column(source, SEQUENCES)) {
            String quoted = '"' + sequence + '"';
            String state = one(source, "SELECT last_value || ', ' || is_called FROM " + quoted);
            one(target, "SELECT setval('" + quoted + "', " + state + ")");
        }
    }

    private static List<Table> find(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(FIND)) {
            while (result.next()) {
                tables.add(new Table(result.getString(1), result.getString(2)));
            }
        }
        return tables;
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        Map<String, Set<String>> parents = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(REFERENCES)) {
            while (result.next()) {
                parents.computeIfAbsent(result.getString(1), child -> new HashSet<>())
                        .add(result.getString(2));
            }
        }
        return parents;
    }

    private static String one(Connection connection, String sql) throws SQLException {
        return column(connection, sql).getFirst();
    }

    private static List<String> column(Connection connection, String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                values.add(String.valueOf(result.getString(1)));
            }
        }
        return values;
    }
}
