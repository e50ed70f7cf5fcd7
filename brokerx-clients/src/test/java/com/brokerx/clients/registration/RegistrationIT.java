package com.brokerx.clients.registration;

import static com.brokerx.clients.Mails.tokenIn;
import static com.brokerx.clients.RunningClients.anyEmail;
import static com.brokerx.clients.RunningClients.registration;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.clients.Mails;
import com.brokerx.clients.RunningClients;
import com.brokerx.clients.RunningClients.Answer;
import com.brokerx.testing.AtOnce;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RegistrationIT {

    private final RunningClients clients = RunningClients.shared();

    private long accountsOf(String email) {
        return clients.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT count(*) FROM accounts WHERE lower(email) = lower(?)")
                        .bind(0, email)
                        .mapTo(Long.class)
                        .one());
    }

    @Test
    void answersWithTheClientAndNothingSecretOfIt() {
        Answer answer = clients.register(anyEmail());

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body().path("client").fieldNames())
                .toIterable()
                .containsExactly(
                        "id", "email", "name", "status", "email_verified", "mfa_enabled", "created_at", "updated_at");
        assertThat(UUID.fromString(answer.body().at("/client/id").asText()).version())
                .isEqualTo(7);
        assertThat(answer.body().at("/client/created_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\.\\d{3,6}Z");
        assertThat(answer.header("X-Request-Id")).isPresent();
        assertThat(answer.header("Location").orElseThrow())
                .isEqualTo("/api/v1/clients/" + answer.body().at("/client/id").asText());
    }

    @ParameterizedTest(name = "{0} -> {1} {2} {3}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"client\": | 400 | malformed_json |",
                "`` | 400 | malformed_json |",
                "{\"client\":{\"name\":\"Ann | 400 | malformed_json |",
                "{\"client\":{\"name\":\"A\tnn\",\"email\" | 400 | malformed_json |",
                "{\"client\":{\"name\":nothing}} | 400 | malformed_json |",
                "[] | 422 | validation_failed |",
                "{} | 422 | validation_failed | client",
                "{\"client\":null} | 422 | validation_failed | client",
                "{\"client\":\"Ann\"} | 422 | validation_failed | client",
                "{\"client\":{\"name\":\"Ann\",\"email\":\"a@example.com\"}} | 422 | validation_failed | client.password",
                "{\"client\":{\"name\":\"Ann\",\"password\":\"password123\"}} | 422 | validation_failed | client.email",
                "{\"client\":{\"name\":\" \",\"email\":\"a@example.com\",\"password\":\"password123\"}} | 422 | validation_failed | client.name",
                "{\"client\":{\"name\":\"A\\u0000\",\"email\":\"a@example.com\",\"password\":\"password123\"}} | 422 | validation_failed | client.name",
                "{\"client\":{\"name\":\"\\ud83d\",\"email\":\"a@example.com\",\"password\":\"password123\"}} | 422 | validation_failed | client.name",
                "{\"client\":{\"name\":7,\"email\":\"a@example.com\",\"password\":\"password123\"}} | 422 | validation_failed | client.name",
                "{\"client\":{\"name\":\"Ann\",\"email\":\"no address\",\"password\":\"password123\"}} | 422 | validation_failed | client.email",
                "{\"client\":{\"name\":\"Ann\",\"email\":\"a@example.com\",\"password\":\"short\"}} | 422 | validation_failed | client.password",
                "{\"client\":{\"name\":\"Ann\",\"email\":\"a@example.com\",\"password\":12345678}} | 422 | validation_failed | client.password",
                "{\"client\":{\"name\":\"Ann\",\"email\":\"a@example.com\",\"password\":\"password123\",\"password_confirmation\":\"password124\"}} | 422 | password_mismatch | client.password_confirmation",
                "{\"client\":{\"name\":\"Ann\",\"email\":\"a@example.com\",\"password\":\"password123\",\"role\":\"admin\"}} | 422 | unknown_field | client.role",
                "{\"name\":\"Ann\",\"email\":\"a@example.com\",\"password\":\"password123\"} | 422 | unknown_field | name",
            })
    void refusesBadRegistrationsNamingTheField(String body, int status, String code, String field) {
        Answer answer = clients.post("/api/v1/clients", body);

        assertThat(answer.status()).as(answer.http().body()).isEqualTo(status);
        assertThat(answer.text("code")).isEqualTo(code);
        assertThat(answer.header("Content-Type")).hasValue("application/problem+json");
        if (field != null) {
            assertThat(answer.body().at("/errors/0/field").asText()).isEqualTo(field);
        }
        assertThat(answer.http().body()).doesNotContain("password123");
    }

    @Test
    void boundsThePasswordByCharacters() {
        String body = "{\"client\":{\"name\":\"Ann\",\"email\":\"%s\",\"password\":\"%s\"}}";

        assertThat(clients.post("/api/v1/clients", body.formatted(anyEmail(), "😀".repeat(128)))
                        .status())
                .isEqualTo(201);
        assertThat(clients.post("/api/v1/clients", body.formatted(anyEmail(), "a".repeat(129)))
                        .status())
                .isEqualTo(422);
        assertThat(clients.post("/api/v1/clients", body.formatted(anyEmail(), "😀".repeat(7)))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void knowsAnAddressInWhateverCase() {
        String email = anyEmail();
        clients.register(email);

        Answer again = clients.register(email.toUpperCase(Locale.ROOT));

        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text("code")).isEqualTo("email_taken");
        assertThat(again.body().at("/errors/0/field").asText()).isEqualTo("client.email");
    }

    @Test
    void opensOneAccountHoweverManyRegisterTheSameAddressAtOnce() {
        String email = anyEmail();

        List<Answer> answers = AtOnce.times(20, () -> clients.register(email));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 422)
                .hasSize(19)
                .allSatisfy(answer -> assertThat(answer.text("code")).isEqualTo("email_taken"));
        assertThat(accountsOf(email)).isEqualTo(1);
    }

    @Test
    void answersTheFirstAnswerAgainToTheSameKey() {
        String email = anyEmail();
        String key = UUID.randomUUID().toString();

        List<Answer> answers = AtOnce.times(10, () -> clients.register(email, "Idempotency-Key", key));

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 200)
                .hasSize(9)
                .allSatisfy(answer ->
                        assertThat(answer.header("Idempotency-Replayed")).hasValue("true"));
        assertThat(answers)
                .extracting(answer -> answer.body().at("/client/id"))
                .containsOnly(answers.getFirst().body().at("/client/id"));
        assertThat(accountsOf(email)).isEqualTo(1);
        assertThat(clients.mails().await(email, 1)).hasSize(1);
    }

    @Test
    void refusesAKeyThatWasUsedForSomethingElse() {
        String key = UUID.randomUUID().toString();
        String email = anyEmail();
        clients.register(email, "Idempotency-Key", key);

        Answer otherAddress = clients.register(anyEmail(), "Idempotency-Key", key);
        Answer otherPassword = clients.post(
                "/api/v1/clients", registration(email).replace("password123", "password124"), "Idempotency-Key", key);

        assertThat(otherAddress.status()).isEqualTo(409);
        assertThat(otherAddress.text("code")).isEqualTo("idempotency_key_conflict");
        assertThat(otherPassword.status()).isEqualTo(409);
    }

    @Test
    void repeatsARefusalForItsKey() {
        String email = anyEmail();
        String key = UUID.randomUUID().toString();
        clients.register(email);

        Answer first = clients.register(email, "Idempotency-Key", key);
        Answer again = clients.register(email, "Idempotency-Key", key);

        assertThat(first.text("code")).isEqualTo("email_taken");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.text("code")).isEqualTo("email_taken");
        assertThat(again.header("Idempotency-Replayed")).hasValue("true");
    }

    @Test
    void takesEachVerificationLinkOnceAndOnlyForItsAccount() {
        Answer registered = clients.register(anyEmail());
        Answer other = clients.register(anyEmail());
        String path = "/api/v1/clients/" + registered.body().at("/client/id").asText() + "/verify_email";
        String body = "{\"token\":\"%s\"}";
        String token = registered.text("verification_token");

        assertThat(clients.post(path, body.formatted("wrong")).text("code")).isEqualTo("verification_failed");
        assertThat(clients.post(path, body.formatted(other.text("verification_token")))
                        .text("code"))
                .isEqualTo("verification_failed");
        assertThat(clients.post(path, null).text("code")).isEqualTo("validation_failed");
        assertThat(clients.post(path, "null").text("code")).isEqualTo("validation_failed");
        assertThat(clients.post(path, "{\"tokn\":\"x\"}").text("code")).isEqualTo("unknown_field");

        assertThat(clients.post(path + "?token=" + token, null).status()).isEqualTo(200);
        assertThat(clients.post(path, body.formatted(token)).status()).isEqualTo(422);
    }

    @Test
    void verifiesOnceWhenALinkIsFollowedManyTimesAtOnce() {
        Answer registered = clients.register(anyEmail());
        String path = "/api/v1/clients/" + registered.body().at("/client/id").asText() + "/verify_email?token="
                + registered.text("verification_token");

        List<Answer> answers = AtOnce.times(10, () -> clients.get(path));

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.status() == 422).hasSize(9);
    }

    @Test
    void showsAPageToABrowserThatFollowsTheLink() {
        Answer registered = clients.register(anyEmail());
        String path = "/api/v1/clients/" + registered.body().at("/client/id").asText() + "/verify_email?token="
                + registered.text("verification_token");
        String browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

        Answer page = clients.get(path, "Accept", browser);
        Answer again = clients.get(path, "Accept", browser);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
        assertThat(page.http().body()).contains("Your e-mail address is verified");
        assertThat(again.status()).isEqualTo(422);
        assertThat(again.http().body()).contains("<h1>The verification link is not valid</h1>");
    }

    @Test
    void mailsThreeFurtherLinksAnHourAndThenSaysWhenToComeBack() {
        String email = anyEmail();
        Answer registered = clients.register(email);
        String id = registered.body().at("/client/id").asText();

        List<Answer> answers =
                AtOnce.times(8, () -> clients.post("/api/v1/clients/" + id + "/resend_verification", null));

        assertThat(answers).filteredOn(answer -> answer.status() == 202).hasSize(3);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 429)
                .hasSize(5)
                .allSatisfy(answer -> {
                    assertThat(answer.text("code")).isEqualTo("rate_limited");
                    assertThat(Integer.parseInt(answer.header("Retry-After").orElseThrow()))
                            .isBetween(3_500, 3_600);
                });
        String last = tokenIn(Mails.text(clients.mails().await(email, 4).getLast()));
        assertThat(clients.get("/api/v1/clients/" + id + "/verify_email?token=" + last)
                        .status())
                .isEqualTo(200);
        assertThat(clients.get("/api/v1/clients/" + id + "/verify_email?token=" + registered.text("verification_token"))
                        .status())
                .as("the other links are worth nothing now")
                .isEqualTo(422);
        assertThat(clients.post("/api/v1/clients/" + id + "/resend_verification", null)
                        .text("code"))
                .isEqualTo("already_verified");
    }

    @Test
    void knowsNoAccountThatIsNotThere() {
        String path = "/api/v1/clients/" + UUID.randomUUID();

        assertThat(clients.post(path + "/resend_verification", null).status()).isEqualTo(404);
        assertThat(clients.get(path + "/verify_email?token=x").status()).isEqualTo(422);
        assertThat(clients.get("/api/v1/clients/no-id/verify_email?token=x").status())
                .isEqualTo(404);
    }
}
