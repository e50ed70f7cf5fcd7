package com.brokerx.portfolios;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.facades.events.ClientClosed;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import io.dropwizard.testing.ConfigOverride;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Somebody else sits on the rows, as an instance does that froze in the middle of a transaction. */
class ContentionIT {

    private static RunningPortfolios service;

    @BeforeAll
    static void start() {
        service = RunningPortfolios.start(
                ConfigOverride.config("portfolios.database.properties.options", "-c lock_timeout=200ms"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void answersInTimeThatItCannotAndCanLater() {
        RunningPortfolios.Client client = service.clientWith("100.00");
        Supplier<Answer> withdraw =
                () -> client.post("/api/v1/withdrawals", "{\"amount\": 10}", "Idempotency-Key", "once");

        Answer meanwhile = whileLocked(client.id(), withdraw);
        assertThat(meanwhile.status()).isEqualTo(503);
        assertThat(meanwhile.header("Retry-After")).isNotEmpty();

        assertThat(withdraw.get().status()).isEqualTo(201);
        assertThat(client.balances()).containsExactly("90.00", "0.00", "90.00");
    }

    /** The fault is not the event's: it must not count towards giving its aggregate up. */
    @Test
    void asksForADeliveryAgainInsteadOfRefusingItsEvents() {
        RunningPortfolios.Client client = service.clientWith("100.00");
        List<EventEnvelope> closed = List.of(RunningPortfolios.envelope(new ClientClosed(client.id())));

        assertThat(whileLocked(client.id(), () -> service.deliver(closed)).status())
                .isEqualTo(503);

        Answer later = service.deliver(closed);
        assertThat(later.status()).isEqualTo(200);
        assertThat(later.json().path("refused")).isEmpty();
        assertThat(client.get("/api/v1/portfolio").json().at("/data/status").asText())
                .isEqualTo("closed");
    }

    private static Answer whileLocked(UUID client, Supplier<Answer> call) {
        return service.jdbi().inTransaction(tx -> {
            tx.execute("SELECT FROM accounts WHERE client_id = ? FOR UPDATE", client);
            return call.get();
        });
    }
}
