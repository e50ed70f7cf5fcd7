package com.brokerx.portfolios;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.testing.TestDatabase;
import io.dropwizard.testing.ConfigOverride;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** The service under a role that may use the tables and nothing else; another one owns them. */
class DatabaseOwnerIT {

    private static final String SERVICE = "portfolios_service";
    private static final TestDatabase DATABASE = TestDatabase.empty();
    /** Without the user that stands in the test database's URL and wins over every other. */
    private static final String URL = DATABASE.url().replaceFirst("\\?.*", "");

    @Test
    void worksWithoutTheRightToChangeTheSchema() {
        DATABASE.jdbi().useHandle(handle -> {
            handle.execute("CREATE ROLE portfolios_owner LOGIN");
            handle.execute("CREATE ROLE " + SERVICE + " LOGIN");
            String database = handle.createQuery("SELECT current_database()")
                    .mapTo(String.class)
                    .one();
            handle.execute("ALTER DATABASE " + database + " OWNER TO portfolios_owner");
            handle.execute("ALTER SCHEMA public OWNER TO portfolios_owner");
        });
        try (RunningPortfolios service = RunningPortfolios.startOn(
                DATABASE,
                ConfigOverride.config("portfolios.database.url", URL),
                ConfigOverride.config("portfolios.database.user", SERVICE),
                ConfigOverride.config("portfolios.databaseOwner.user", "portfolios_owner"))) {
            RunningPortfolios.Client client = service.clientWith("100.00");
            assertThat(client.post("/api/v1/withdrawals", "{\"amount\": 10}", "Idempotency-Key", "a")
                            .status())
                    .isEqualTo(201);
            service.internal(
                    "/internal/reserve",
                    "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": 10}"
                            .formatted(client.id(), client.id()));
            assertThat(client.balances()).containsExactly("80.00", "10.00", "90.00");
            assertThat(service.internal("/internal/reconciliation/portfolios/report")
                            .json()
                            .path("ok")
                            .asBoolean())
                    .isTrue();
            refusesEverythingElse();
        }
    }

    private static void refusesEverythingElse() {
        for (String sql : new String[] {
            "CREATE TABLE public.mine (id int)",
            "ALTER TABLE entries DISABLE TRIGGER ALL",
            "DROP TRIGGER entries_only_grow ON entries",
            "UPDATE entries SET type = 'fee'",
            "DELETE FROM journals",
            "TRUNCATE entries",
            "UPDATE databasechangelog SET md5sum = null",
            "SET session_replication_role = replica"
        }) {
            assertThatThrownBy(() -> asService().useHandle(handle -> handle.execute(sql)), sql)
                    .hasMessageMatching("(?s).*(permission denied|must be owner).*");
        }
    }

    private static Jdbi asService() {
        return Jdbi.create(URL, SERVICE, "");
    }
}
