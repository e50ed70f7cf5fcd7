package com.brokerx.portfolios.reconciliation;

import static com.brokerx.portfolios.Market.leg;
import static com.brokerx.portfolios.Market.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.PortfoliosApplication;
import com.brokerx.portfolios.RunningPortfolios;
import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReconciliationIT {

    private static RunningPortfolios service;
    private static final UUID BUY = Ids.next();
    private static final UUID SELL = Ids.next();
    private static UUID tradeId;

    @BeforeAll
    static void trading() {
        service = RunningPortfolios.start();
        var buyer = service.client();
        buyer.post("/api/v1/deposits", "{\"amount\": \"100.00\"}");
        var seller = service.client();
        service.journal(seller.id(), "AAPL", "5");
        service.internal("/internal/reservations", """
                {"reservations": [
                  {"client_id": "%s", "order_id": "%s", "amount": "50", "asset": "USD", "version": 1},
                  {"client_id": "%s", "order_id": "%s", "amount": "2", "asset": "AAPL", "version": 1}]}""".formatted(buyer.id(), BUY, seller.id(), SELL));
        var trade = trade(
                "AAPL", "10.00", 2, leg(BUY, buyer.id(), "0.50", 1, "50", "20.50"), leg(SELL, seller.id(), "2", "2"));
        tradeId = trade.tradeId();
        service.deliver(trade, com.brokerx.portfolios.Market.closed(SELL, seller.id(), "AAPL", "2"));
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    private static JsonNode get(String path) {
        return service.internal("/internal/reconciliation/portfolios" + path).json();
    }

    @Test
    void findsTheLedgerRight() {
        JsonNode report = get("/report");
        assertThat(report.path("ok").asBoolean()).as(report.toString()).isTrue();
        assertThat(report.path("findings")).hasSize(9);
    }

    @Test
    void sumsToZeroOverEverybody() {
        JsonNode totals = get("/totals");
        assertThat(totals.path("assets").toString())
                .isEqualTo("[{\"asset\":\"AAPL\",\"available\":\"5\",\"held\":\"0\",\"house\":\"-5\"},"
                        + "{\"asset\":\"USD\",\"available\":\"70.00\",\"held\":\"29.50\",\"house\":\"-99.50\"}]");
        assertThat(totals.at("/symbols/0/trades").asLong()).isEqualTo(1);
        assertThat(totals.at("/symbols/0/total").asText()).isEqualTo("20.00");
    }

    @Test
    void listsWhatOpenOrdersHold() {
        JsonNode open = get("/holds").path("data");
        assertThat(open).hasSize(1);
        assertThat(open.at("/0/order_id").asText()).isEqualTo(BUY.toString());
        assertThat(open.at("/0/authorized").asText()).isEqualTo("50.00");
        assertThat(open.at("/0/settled").asText()).isEqualTo("20.50");
        assertThat(get("/holds?after_client=%s&after_order=%s"
                                .formatted(open.at("/0/client_id").asText(), BUY))
                        .path("data"))
                .isEmpty();
        JsonNode both = service.internal(
                        "/internal/reconciliation/portfolios/holds/lookup",
                        "{\"order_ids\": [\"%s\", \"%s\", \"%s\"]}".formatted(BUY, SELL, Ids.next()))
                .json()
                .path("data");
        assertThat(both).hasSize(2);
        assertThat(service.internal("/internal/reconciliation/portfolios/holds?limit=100000")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void listsSettledTradesByBlocks() {
        JsonNode block = get("/trade_blocks").at("/data/0");
        assertThat(block.path("trades").asLong()).isEqualTo(1);
        assertThat(get("/trade_blocks?after=" + tradeId).path("data")).isEmpty();

        JsonNode trade = service.internal("/internal/reconciliation/portfolios/trades", block)
                .json()
                .at("/data/0");
        assertThat(trade.path("id").asText()).isEqualTo(tradeId.toString());
        assertThat(trade.path("total").asText()).isEqualTo("20");
        assertThat(trade.path("buy_fee").asLong()).isEqualTo(50);
    }

    /** The command that an operator runs; its exit status is that of the check. */
    @Test
    void isACommandToo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("portfolios.yml");
        Files.writeString(
                file,
                Files.readString(Path.of("config/test.yml"))
                        .replace("given-by-the-test", service.database().url()));
        var bootstrap = new io.dropwizard.core.setup.Bootstrap<>(new PortfoliosApplication());
        bootstrap.addCommand(new CheckLedgerCommand());
        var out = new java.io.ByteArrayOutputStream();
        var cli = new io.dropwizard.core.cli.Cli(
                new io.dropwizard.util.JarLocation(PortfoliosApplication.class), bootstrap, out, out);

        assertThat(cli.run("check-ledger", file.toString())).isEmpty();

        service.jdbi().useTransaction(tx -> {
            tx.execute("SET LOCAL session_replication_role = replica");
            tx.execute("UPDATE accounts SET held = held + 1 WHERE held > 0");
        });
        assertThat(cli.run("check-ledger", file.toString())).isPresent();
        service.jdbi().useTransaction(tx -> tx.execute("UPDATE accounts SET held = held - 1 WHERE held > 0"));
    }
}
