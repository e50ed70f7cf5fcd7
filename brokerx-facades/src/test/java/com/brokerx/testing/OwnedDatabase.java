package com.brokerx.testing;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jdbi.v3.core.Jdbi;

/** A database that one role owns, and that a service is to work in under another one, which may use the tables and nothing else. */
public final class OwnedDatabase {

    private final TestDatabase database = TestDatabase.empty();
    private final String owner;
    private final String service;

    private OwnedDatabase(String owner, String service) {
        this.owner = owner;
        this.service = service;
    }

    /** A fresh database with nothing in it, and roles named after the service. */
    public static OwnedDatabase of(String service) {
        OwnedDatabase owned = new OwnedDatabase(service + "_owner", service + "_service");
        owned.database.jdbi().useHandle(handle -> {
            handle.execute("CREATE ROLE " + owned.owner + " LOGIN");
            handle.execute("CREATE ROLE " + owned.service + " LOGIN");
            String name = handle.createQuery("SELECT current_database()")
                    .mapTo(String.class)
                    .one();
            handle.execute("ALTER DATABASE " + name + " OWNER TO " + owned.owner);
            handle.execute("ALTER SCHEMA public OWNER TO " + owned.owner);
        });
        return owned;
    }

    public TestDatabase database() {
        return database;
    }

    /** Without the user that stands in the test database's URL and wins over every other. */
    public String url() {
        return database.url().replaceFirst("\\?.*", "");
    }

    public String owner() {
        return owner;
    }

    public String service() {
        return service;
    }

    /** Fails when the service's role may do any of these. */
    public void assertServiceMayNot(String... statements) {
        Jdbi asService = Jdbi.create(url(), service, "");
        for (String sql : statements) {
            assertThatThrownBy(() -> asService.useHandle(handle -> handle.execute(sql)), sql)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }
}
