package com.brokerx.portfolios;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.testing.OwnedDatabase;
import io.dropwizard.testing.ConfigOverride;
import org.junit.jupiter.api.Test;

/** The service under a role that may use the tables and nothing else; another one owns them. */
class DatabaseOwnerIT {

    @Test
    void worksWithoutTheRightToChangeTheSchema() {
        OwnedDatabase owned = OwnedDatabase.of("portfolios");
        try (RunningPortfolios service = RunningPortfolios.startOn(
                owned.database(),
                ConfigOverride.config("portfolios.database.url", owned.url()),
                ConfigOverride.config("portfolios.database.user", owned.service()),
                ConfigOverride.config("portfolios.databaseOwner.user", owned.owner()))) {
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
            owned.assertServiceMayNot(
                    "CREATE TABLE public.mine (id int)",
                    "ALTER TABLE entries DISABLE TRIGGER ALL",
                    "DROP TRIGGER entries_only_grow ON entries",
                    "UPDATE entries SET type = 'fee'",
                    "DELETE FROM journals",
                    "TRUNCATE entries",
                    "UPDATE databasechangelog SET md5sum = null",
                    "SET session_replication_role = replica");
        }
    }
}
