package com.brokerx.local.demo;

import com.brokerx.local.UserError;
import com.brokerx.local.gateway.config.KongFileReader;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code ./brokerx demo}: a new client, from registration to a settled purchase and a sale, all through the gateway.
 * Ends with an error when what is left on the account is not what the trades say.
 */
public final class Demo {

    private static final String SYMBOL = "AAPL";
    private static final BigDecimal DEPOSIT = new BigDecimal("10000.00");
    private static final int BUY = 10;
    private static final int SELL = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(400);
    private static final Pattern TOKEN = Pattern.compile("token=([^\\s&\"<>]+)");
    private static final Pattern CODE = Pattern.compile("\\b(\\d{6})\\b");

    private final Api api;
    private final String mailCatcher;
    private final PrintStream out;
    private final String email = "demo-" + UUID.randomUUID().toString().substring(0, 8) + "@example.com";
    private final String password = "correct horse battery staple";
    private int step;

    private Demo(Api api, String mailCatcher, PrintStream out) {
        this.api = api;
        this.mailCatcher = mailCatcher;
        this.out = out;
    }

    /** Talks to the gateway and the mail catcher at the addresses given; the API key is the one of {@code kong.yml}. */
    public static Demo with(Path kongYml, String gateway, String mailCatcher, PrintStream out) throws IOException {
        String key = KongFileReader.read(kongYml)
                .keyOf("demo")
                .orElseThrow(() -> new UserError("There is no consumer demo with a key in " + kongYml));
        return new Demo(new Api(gateway, key, out), mailCatcher, out);
    }

    /** Tells the story; 0 when everything adds up. */
    public int run() throws InterruptedException {
        String clientId = register();
        verifyEmail(clientId);
        signIn();
        String portfolioId = deposit();
        Fill bought = buy();
        awaitSettlement(portfolioId, BUY);
        Fill sold = sell();
        awaitSettlement(portfolioId, BUY - SELL);
        return sumUp(portfolioId, bought, sold);
    }

    private record Fill(int quantity, BigDecimal total, BigDecimal fees) {}

    private String register() throws InterruptedException {
        say("A new client registers as " + email);
        Map<String, String> client =
                Map.of("name", "Demo Client", "email", email, "password", password, "password_confirmation", password);
        return api.post("/api/v1/clients", Map.of("client", client), 201)
                .at("/client/id")
                .asText();
    }

    private void verifyEmail(String clientId) throws InterruptedException {
        say("The mail brings a link; following it verifies the address");
        String token = URLDecoder.decode(fromMail(TOKEN), StandardCharsets.UTF_8);
        api.post("/api/v1/clients/" + clientId + "/verify_email", Map.of("token", token), 200);
    }

    private void signIn() throws InterruptedException {
        say("Signing in takes the password and a code from a second mail");
        JsonNode login = api.post("/api/v1/auth/login", Map.of("email", email, "password", password), 200);
        String code = fromMail(CODE);
        Map<String, String> second =
                Map.of("session_token", login.path("session_token").asText(), "mfa_code", code);
        api.signInWith(
                api.post("/api/v1/auth/verify_mfa", second, 200).path("token").asText());
    }

    /** Waits for a mail to the client in which the pattern is found. */
    private String fromMail(Pattern pattern) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (Instant.now().isBefore(end)) {
            for (JsonNode mail : api.mails(mailCatcher, email)) {
                Matcher matcher = pattern.matcher(mail.path("text").asText());
                if (matcher.find()) {
                    out.printf("     mail  \"%s\"%n", mail.path("subject").asText());
                    return matcher.group(1);
                }
            }
            Thread.sleep(PAUSE);
        }
        throw new UserError("The mail to " + email + " did not arrive within " + PATIENCE.toSeconds() + " s");
    }

    private String deposit() throws InterruptedException {
        say("A deposit of " + DEPOSIT + " USD");
        JsonNode deposit = api.post("/api/v1/deposits", Map.of("amount", DEPOSIT.toString(), "currency", "USD"), 201);
        String portfolioId = deposit.at("/data/portfolio_id").asText();
        showBalance(awaitBalance(
                portfolioId, balance -> money(balance, "cash_balance").compareTo(DEPOSIT) == 0));
        return portfolioId;
    }

    private Fill buy() throws InterruptedException {
        say("Buying " + BUY + " " + SYMBOL + " at the market");
        JsonNode quote = await("somebody who sells", "/api/v1/market_data/" + SYMBOL, Demo::isQuoted)
                .at("/data/quote");
        out.printf(
                "     bid %s, ask %s%n",
                quote.path("bid").asText(), quote.path("ask").asText());
        return place(Map.of("symbol", SYMBOL, "direction", "buy", "order_type", "market", "quantity", BUY), BUY);
    }

    /** The simulated market needs some seconds after the first start before it quotes. */
    private static boolean isQuoted(JsonNode marketData) {
        JsonNode quote = marketData.at("/data/quote");
        return quote.hasNonNull("bid") && quote.hasNonNull("ask");
    }

    private Fill sell() throws InterruptedException {
        say("Selling " + SELL + " of them");
        return place(Map.of("symbol", SYMBOL, "direction", "sell", "order_type", "market", "quantity", SELL), SELL);
    }

    private Fill place(Map<String, Object> order, int quantity) throws InterruptedException {
        String id = api.post("/api/v1/orders", order, 201).path("id").asText();
        JsonNode done = await(
                "order " + id + " to be filled",
                "/api/v1/orders/" + id,
                state -> state.path("filled_quantity").asInt() == quantity);
        out.printf(
                "     filled %s at %s on average%n",
                done.path("filled_quantity").asText(),
                done.path("average_price").asText());
        return fillOf(id);
    }

    private Fill fillOf(String orderId) throws InterruptedException {
        int quantity = 0;
        BigDecimal total = BigDecimal.ZERO;
        BigDecimal fees = BigDecimal.ZERO;
        for (JsonNode trade : api.get("/api/v1/trades", 200).path("data")) {
            if (trade.path("order_id").asText().equals(orderId)) {
                quantity += trade.path("quantity").asInt();
                total = total.add(money(trade, "total"));
                fees = fees.add(money(trade, "fee"));
            }
        }
        return new Fill(quantity, total, fees);
    }

    /** Cash and shares change hands a moment after the trade; then nothing is reserved any more. */
    private void awaitSettlement(String portfolioId, int quantity) throws InterruptedException {
        say("Settlement: shares and cash change hands");
        await("the settlement", "/api/v1/portfolios/" + portfolioId + "/positions", positions -> {
            JsonNode position = positionOf(positions);
            return position.path("quantity").asInt() == quantity
                    && position.path("reserved_quantity").asInt() == 0;
        });
        showBalance(awaitBalance(
                portfolioId, balance -> money(balance, "reserved_balance").signum() == 0));
    }

    private static JsonNode positionOf(JsonNode positions) {
        for (JsonNode position : positions.path("data")) {
            if (position.path("symbol").asText().equals(SYMBOL)) {
                return position;
            }
        }
        return positions.path("data").path(-1);
    }

    private int sumUp(String portfolioId, Fill bought, Fill sold) throws InterruptedException {
        say("What is left");
        JsonNode balance =
                api.get("/api/v1/portfolios/" + portfolioId + "/balance", 200).path("data");
        JsonNode position = positionOf(api.get("/api/v1/portfolios/" + portfolioId + "/positions", 200));
        BigDecimal fees = bought.fees().add(sold.fees());
        BigDecimal expected = DEPOSIT.subtract(bought.total()).add(sold.total()).subtract(fees);
        BigDecimal cash = money(balance, "cash_balance");
        int shares = position.path("quantity").asInt();
        out.printf("     deposited           %12s%n", DEPOSIT);
        out.printf("     bought %2d %-8s - %12s%n", bought.quantity(), SYMBOL, bought.total());
        out.printf("     sold   %2d %-8s + %12s%n", sold.quantity(), SYMBOL, sold.total());
        out.printf("     fees              - %12s%n", fees);
        out.printf("     makes               %12s USD and %d %s%n", expected, BUY - SELL, SYMBOL);
        out.printf("     on the account      %12s USD and %d %s%n%n", cash, shares, SYMBOL);
        boolean addsUp = cash.compareTo(expected) == 0 && shares == bought.quantity() - sold.quantity();
        out.println(addsUp ? "It adds up." : "IT DOES NOT ADD UP.");
        return addsUp ? 0 : 1;
    }

    private JsonNode awaitBalance(String portfolioId, Predicate<JsonNode> condition) throws InterruptedException {
        String path = "/api/v1/portfolios/" + portfolioId + "/balance";
        return await("the balance", path, answer -> condition.test(answer.path("data")))
                .path("data");
    }

    private void showBalance(JsonNode balance) {
        out.printf(
                "     cash %s = available %s + reserved %s%n",
                money(balance, "cash_balance"),
                money(balance, "available_balance"),
                money(balance, "reserved_balance"));
    }

    private JsonNode await(String what, String path, Predicate<JsonNode> condition) throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        JsonNode answer = api.get(path, 200);
        while (!condition.test(answer)) {
            if (Instant.now().isAfter(end)) {
                throw new UserError("Waited in vain for " + what + "; the last answer was " + answer);
            }
            Thread.sleep(PAUSE);
            answer = api.look(path);
        }
        return answer;
    }

    private static BigDecimal money(JsonNode node, String field) {
        return new BigDecimal(node.path(field).asText("0"));
    }

    private void say(String what) {
        out.printf("%n%2d   %s%n", ++step, what);
    }
}
