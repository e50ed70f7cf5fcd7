package com.brokerx.portfolios.history;

import static com.brokerx.portfolios.Market.closed;
import static com.brokerx.portfolios.Market.leg;
import static com.brokerx.portfolios.Market.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.SharedPortfolios;
import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A client who deposits, buys and takes money out, and what they can see of it afterwards. */
@ExtendWith(SharedPortfolios.class)
class HistoryIT {

    private final RunningPortfolios service;
    private final RunningPortfolios.Client client;
    private final RunningPortfolios.Client seller;
    private final UUID buy = Ids.next();
    private final UUID sell = Ids.next();
    private TradeExecuted trade;
    private String deposit;
    private String portfolio;
    private Instant afterDeposit;

    HistoryIT(RunningPortfolios service) {
        this.service = service;
        this.client = service.client();
        this.seller = service.client();
    }

    @BeforeEach
    void live() {
        service.journal(seller.id(), "AAPL", "10");
        JsonNode deposited =
                client.post("/api/v1/deposits", "{\"amount\": \"1000.00\"}").json();
        deposit = deposited.at("/data/id").asText();
        portfolio = "/api/v1/portfolios/" + deposited.at("/data/portfolio_id").asText();
        afterDeposit = Instant.parse(deposited.at("/data/processed_at").asText());
        reserve(client.id(), buy, "USD", "500.00");
        reserve(seller.id(), sell, "AAPL", "2");
        trade = trade(
                "AAPL",
                "200.00",
                2,
                leg(buy, client.id(), "1.00", 1, "401.00", "401.00"),
                leg(sell, seller.id(), "2", "2"));
        service.deliver(trade, closed(buy, client.id(), "USD", "401.00"));
        client.post("/api/v1/withdrawals", "{\"amount\": \"99.00\"}");
    }

    @Test
    void listsWhatHappenedToTheCashNewestFirst() {
        assertThat(lines(client.get(portfolio + "/transactions?asset=USD").json()))
                .containsExactly(
                        "withdrawal 99.00 -> 500.00",
                        "reserve 99.00 -> 599.00",
                        "release 99.00 -> 599.00",
                        "fee 1.00 -> 599.00",
                        "buy 400.00 -> 600.00",
                        "reserve 500.00 -> 1000.00",
                        "deposit 1000.00 -> 1000.00");
        assertThat(lines(client.get(portfolio + "/transactions?asset=AAPL").json()))
                .containsExactly("buy 2 -> 2");
    }

    @Test
    void pointsFromEachLineToWhatIsBehindIt() {
        JsonNode rows = client.get(portfolio + "/transactions").json().path("data");
        assertThat(rows).hasSize(8);
        for (JsonNode row : rows) {
            String expected =
                    switch (row.path("type").asText()) {
                        case "deposit" -> deposit;
                        case "buy", "fee" -> trade.tradeId().toString();
                        default -> null;
                    };
            if (expected != null) {
                assertThat(row.path("reference").asText()).isEqualTo(expected);
            }
            boolean cash = row.path("asset").asText().equals("USD");
            assertThat(row.path("currency").isNull()).isEqualTo(!cash);
        }
    }

    @Test
    void goesThroughPagesWithoutLosingOrRepeatingALine() {
        List<String> ids = new ArrayList<>();
        String cursor = "";
        do {
            JsonNode page =
                    client.get(portfolio + "/transactions?limit=3" + cursor).json();
            page.path("data").forEach(row -> ids.add(row.path("id").asText()));
            cursor = page.at("/meta/next_cursor").isNull()
                    ? null
                    : "&cursor=" + page.at("/meta/next_cursor").asText();
        } while (cursor != null);
        assertThat(ids).hasSize(8).doesNotHaveDuplicates();
    }

    @Test
    void knowsTheBalanceOfAnyTime() {
        assertThat(balanceAt(afterDeposit.toString())).isEqualTo("1000.00 + 0.00");
        assertThat(balanceAt(afterDeposit.minusMillis(1).toString())).isEqualTo("0.00 + 0.00");
        assertThat(balanceAt("2999-01-01T00:00:00%2B02:00")).isEqualTo("500.00 + 0.00");
        assertThat(client.get(portfolio + "/balance?at=yesterday").status()).isEqualTo(422);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/balance?at=%2B999999999-12-31T23:59:59Z",
                "/balance?at=-0001-01-01T00:00:00Z",
                "/statement?from=%2B300000-01-01T00:00:00Z",
                // A cursor of the year 300000, one without a number and one that is none.
                "/transactions?cursor=KzMwMDAwMC0wMS0wMVQwMDowMDowMFovMQ",
                "/transactions?cursor=MjAyNi0wMS0wMVQwMDowMDowMFo",
                "/transactions?cursor=%00",
                "/transactions?asset=A%00",
                "/transactions?limit=201",
            })
    void refusesTimesCursorsAndAssetsThatCannotBe(String query) {
        var refused = client.get(portfolio + query);
        assertThat(refused.status()).as(refused.response().body()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("validation_failed");
    }

    @Test
    void writesAStatementThatAddsUp() {
        JsonNode statement = client.get(portfolio + "/statement?from=2026-01-01T00:00:00Z")
                .json()
                .path("data");

        assertThat(statement.at("/opening/cash_balance").asText()).isEqualTo("0.00");
        assertThat(statement.at("/closing/cash_balance").asText()).isEqualTo("500.00");
        JsonNode bought = StreamSupport.stream(statement.path("lines").spliterator(), false)
                .filter(line -> line.path("type").asText().equals("buy")
                        && line.path("asset").asText().equals("USD"))
                .findFirst()
                .orElseThrow();
        assertThat(bought.path("change").asText()).isEqualTo("-400.00");
        assertThat(bought.path("order_id").asText()).isEqualTo(buy.toString());
        assertThat(bought.path("trade_id").asText()).isEqualTo(trade.tradeId().toString());
        assertThat(bought.path("symbol").asText()).isEqualTo("AAPL");
        assertThat(bought.path("price").asText()).isEqualTo("200.00");
        assertThat(bought.path("quantity").asLong()).isEqualTo(2);
        var sum = StreamSupport.stream(statement.path("lines").spliterator(), false)
                .filter(line -> line.path("asset").asText().equals("USD"))
                .map(line -> new java.math.BigDecimal(line.path("change").asText()))
                .reduce(java.math.BigDecimal.ZERO, java.math.BigDecimal::add);
        assertThat(sum).isEqualByComparingTo("500.00");
    }

    @Test
    void writesTheSameAsCsv() {
        var csv = client.get(portfolio + "/statement?format=csv&from=2026-01-01T00:00:00Z");

        assertThat(csv.header("Content-Type")).startsWith("text/csv");
        List<String> lines = csv.response().body().lines().toList();
        assertThat(lines).hasSize(9);
        assertThat(lines.getFirst()).startsWith("id,time,type,asset,change,");
        assertThat(lines.get(1)).contains(",deposit,USD,1000.00,0.00,1000.00," + deposit);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "?from=2026-01-01",
                "?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z",
                "?from=2020-01-01T00:00:00Z",
                "?from=2026-01-01T00:00:00Z&format=pdf"
            })
    void refusesPeriodsAndFormatsThatMakeNoSense(String query) {
        assertThat(client.get(portfolio + "/statement" + query).status()).isEqualTo(422);
    }

    @Test
    void showsThePositionAndItsProfit() {
        UUID dearer = Ids.next();
        UUID more = Ids.next();
        reserve(client.id(), dearer, "USD", "220.00");
        reserve(seller.id(), more, "AAPL", "1");
        service.deliver(
                trade("AAPL", "220.00", 1, leg(dearer, client.id(), "220", "220"), leg(more, seller.id(), "1", "1")));

        JsonNode position = client.get(portfolio + "/positions").json().at("/data/0");
        assertThat(position.path("symbol").asText()).isEqualTo("AAPL");
        assertThat(position.path("quantity").asLong()).isEqualTo(3);
        assertThat(position.path("average_cost").asText()).isEqualTo("207.00");
        assertThat(position.path("market_value").asText()).isEqualTo("660.00");
        assertThat(position.path("unrealized_pnl").asText()).isEqualTo("39.00");
    }

    private void reserve(UUID clientId, UUID order, String asset, String amount) {
        var answer = service.internal(
                "/internal/reserve",
                "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": \"%s\", \"asset\": \"%s\"}"
                        .formatted(clientId, order, amount, asset));
        assertThat(answer.status()).isEqualTo(200);
    }

    private String balanceAt(String time) {
        JsonNode data = client.get(portfolio + "/balance?at=" + time).json().path("data");
        return data.path("available_balance").asText() + " + "
                + data.path("reserved_balance").asText();
    }

    private static List<String> lines(JsonNode page) {
        return StreamSupport.stream(page.path("data").spliterator(), false)
                .map(row -> row.path("type").asText() + " " + row.path("amount").asText() + " -> "
                        + row.path("balance_after").asText())
                .toList();
    }
}
