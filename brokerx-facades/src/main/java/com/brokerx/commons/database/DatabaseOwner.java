package com.brokerx.commons.database;

import io.dropwizard.db.DataSourceFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Who owns the tables, where that is somebody else than the service: the service's own user then cannot change the schema, and can
 * neither change nor delete rows of tables that only grow. Both roles have to exist.
 *
 * @param user may create tables in the database; nobody where it is empty, and then the service's own user owns them
 * @param password null where the server asks for none
 */
public record DatabaseOwner(String user, String password) {

    /** Tables that only grow have a trigger of this name, which refuses everybody. */
    private static final String ONLY_GROWING = """
            SELECT tgrelid::regclass::text FROM pg_trigger
            WHERE tgname LIKE '%\\_only\\_grow' AND tgrelid IN (
                SELECT oid FROM pg_class WHERE relnamespace = current_schema()::regnamespace)""";

    boolean isGiven() {
        return user != null && !user.isBlank();
    }

    DataSourceFactory of(DataSourceFactory settings) {
        DataSourceFactory owned = new DataSourceFactory();
        owned.setDriverClass(settings.getDriverClass());
        owned.setUrl(settings.getUrl());
        owned.setProperties(settings.getProperties());
        owned.setUser(user);
        owned.setPassword(password);
        return owned;
    }

    /** Lets the service's user work with everything that is there by now. */
    void grantUse(DataSourceFactory settings) {
        try (Connection connection = Database.connect(of(settings));
                Statement statement = connection.createStatement()) {
            Database.takeTurn(connection);
            String service = statement.enquoteIdentifier(settings.getUser(), true);
            String schema = statement.enquoteIdentifier(connection.getSchema(), true);
            statement.execute("GRANT USAGE ON SCHEMA " + schema + " TO " + service);
            statement.execute(
                    "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA " + schema + " TO " + service);
            statement.execute("GRANT USAGE ON ALL SEQUENCES IN SCHEMA " + schema + " TO " + service);
            statement.execute("REVOKE ALL ON databasechangelog, databasechangeloglock FROM " + service);
            for (String table : onlyGrowing(statement)) {
                statement.execute("REVOKE UPDATE, DELETE ON " + table + " FROM " + service);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the rights of " + settings.getUser() + " could not be granted", e);
        }
    }

    private static List<String> onlyGrowing(Statement statement) throws SQLException {
        List<String> tables = new ArrayList<>();
        try (ResultSet rows = statement.executeQuery(ONLY_GROWING)) {
            while (rows.next()) {
                tables.add(rows.getString(1));
            }
        }
        return tables;
    }
}
