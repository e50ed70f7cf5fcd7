package com.brokerx.local.bench;

import com.brokerx.local.UserError;
import com.brokerx.local.gateway.config.KongFileReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Brings clients in the way everybody comes: registration, verified e-mail, password and code. Cash and shares for hours of load
 * come from the house by journal entries, since a deposit has a limit.
 */
final class Enrolment {

    private static final String PASSWORD = "a bench, not a person";
    private static final String CASH = "1000000000.00";
    private static final String SHARES = "10000000";

    private final Services services;
    private final List<String> symbols;
    private final String apiKey;

    Enrolment(Services services, List<String> symbols, Path root) throws IOException {
        this.services = services;
        this.symbols = symbols;
        this.apiKey = KongFileReader.read(root.resolve("kong").resolve("kong.yml"))
                .keyOf("demo")
                .orElseThrow(() -> new UserError("There is no consumer demo with a key in kong/kong.yml"));
    }

    List<Account> enrol(int count) throws IOException, InterruptedException {
        List<Account> accounts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            accounts.add(enrolOne("bench-" + i + "@example.com"));
        }
        return accounts;
    }

    private Account enrolOne(String email) throws IOException, InterruptedException {
        JsonNode registered = services.postToClients(
                "/api/v1/clients",
                Map.of("client", Map.of("name", "Bench Client", "email", email, "password", PASSWORD)));
        Account account = new Account(registered.at("/client/id").asText());
        String verification = registered.path("verification_token").asText();
        services.postToClients("/api/v1/clients/" + account.id() + "/verify_email", Map.of("token", verification));
        signIn(account, email);
        fund(account);
        return account;
    }

    private void signIn(Account account, String email) throws IOException, InterruptedException {
        JsonNode login = services.postToClients("/api/v1/auth/login", Map.of("email", email, "password", PASSWORD));
        Map<String, String> second = Map.of(
                "session_token", login.path("session_token").asText(),
                "mfa_code", login.path("mfa_code").asText());
        use(account, services.postToClients("/api/v1/auth/verify_mfa", second));
    }

    private void use(Account account, JsonNode answer) {
        account.signedIn(
                answer.path("token").asText(), answer.path("refresh_token").asText(), apiKey);
    }

    private void fund(Account account) throws IOException, InterruptedException {
        journal(account, "USD", CASH);
        for (String symbol : symbols) {
            journal(account, symbol, SHARES);
        }
    }

    private void journal(Account account, String asset, String amount) throws IOException, InterruptedException {
        services.journal(
                "bench-" + account.id() + "-" + asset,
                Map.of("client_id", account.id(), "asset", asset, "amount", amount, "reason", "load test"));
    }

    /** Access tokens live for 15 minutes: before each round they are made new. */
    void renew(List<Account> accounts) throws IOException, InterruptedException {
        for (Account account : accounts) {
            use(
                    account,
                    services.postToClients(
                            "/api/v1/auth/refresh_token", Map.of("refresh_token", account.refreshToken())));
        }
    }
}
