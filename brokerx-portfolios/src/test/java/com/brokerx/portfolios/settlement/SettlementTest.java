package com.brokerx.portfolios.settlement;

import static com.brokerx.portfolios.Market.closed;
import static com.brokerx.portfolios.Market.filling;
import static com.brokerx.portfolios.Market.leg;
import static com.brokerx.portfolios.Market.trade;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.id.Ids;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.facades.events.DomainEvent;
import com.brokerx.facades.events.TradeExecuted;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.Services;
import com.brokerx.portfolios.ledger.LedgerException;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.portfolios.reservation.ReserveOrder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each test is a small story of two clients; amounts in the checks are cents and shares. */
class SettlementTest {

    private static Services services;

    private final BackOffice backOffice = new BackOffice(services);
    private final UUID buyer = Ids.next();
    private final UUID seller = Ids.next();
    private final UUID buy = Ids.next();
    private final UUID sell = Ids.next();

    @BeforeAll
    static void open() {
        services = new Services(4);
    }

    @AfterAll
    static void close() {
        services.close();
    }

    @BeforeEach
    void fund() {
        backOffice.give(buyer, "USD", 1000_00);
        backOffice.give(seller, "AAPL", 10);
    }

    @AfterEach
    void check() {
        assertThat(services.check().full().findings()).allMatch(finding -> finding.differences() == 0);
    }

    @Test
    void paysAtTheTradesPriceAndFreesTheRest() {
        reserve(buyer, buy, "USD", 800_00);
        reserve(seller, sell, "AAPL", 4);

        deliver(trade("AAPL", "175.50", 4, leg(buy, buyer, "702.00", "702.00"), leg(sell, seller, "4", "4")));

        assertThat(account(buyer, "USD")).isEqualTo("298.00 + 0.00");
        assertThat(account(buyer, "AAPL")).isEqualTo("4 + 0");
        assertThat(account(seller, "USD")).isEqualTo("702.00 + 0.00");
        assertThat(account(seller, "AAPL")).isEqualTo("6 + 0");
    }

    @Test
    void takesTheBuyersFeeFromTheHoldAndTheSellersFromTheProceeds() {
        reserve(buyer, buy, "USD", 101_00);
        reserve(seller, sell, "AAPL", 1);

        deliver(trade(
                "AAPL",
                "100.00",
                1,
                leg(buy, buyer, "1.00", 1, "101.00", "101.00"),
                leg(sell, seller, "0.50", 1, "1", "1")));

        assertThat(account(buyer, "USD")).isEqualTo("899.00 + 0.00");
        assertThat(account(seller, "USD")).isEqualTo("99.50 + 0.00");
        assertThat(house("fees")).isEqualTo(1_50);
        assertThat(position(buyer)).isEqualTo("cost 101.00, realized 0.00");
        assertThat(position(seller)).isEqualTo("cost 0.00, realized 99.50");
    }

    @Test
    void leavesTheHoldOfAReplacedOrderAlone() {
        reserve(buyer, buy, "USD", 400_00);
        reserve(seller, sell, "AAPL", 4);
        services.reservations().reserve(List.of(new ReserveOrder(buyer, buy, "USD", 500_00, 2)));

        deliver(trade("AAPL", "100.00", 1, leg(buy, buyer, "390.00", "100.00"), leg(sell, seller, "4", "1")));

        assertThat(account(buyer, "USD")).isEqualTo("500.00 + 400.00");
    }

    @Test
    void keepsMoneyForTradesThatComeAfterTheClosing() {
        reserve(buyer, buy, "USD", 400_00);
        reserve(seller, sell, "AAPL", 4);

        deliver(closed(buy, buyer, "USD", "300.00"));
        assertThat(account(buyer, "USD")).isEqualTo("700.00 + 300.00");
        deliver(trade("AAPL", "100.00", 2, leg(buy, buyer, "400.00", "200.00"), leg(sell, seller, "4", "2")));
        assertThat(account(buyer, "USD")).isEqualTo("700.00 + 100.00");
        deliver(trade("AAPL", "100.00", 1, leg(buy, buyer, "400.00", "300.00"), leg(sell, seller, "4", "3")));
        assertThat(account(buyer, "USD")).isEqualTo("700.00 + 0.00");

        assertThat(reserve(buyer, buy, "USD", 400_00, 2)).isInstanceOf(Outcome.Stale.class);
    }

    @Test
    void aTradeThatFillsAnOrderEndsIt() {
        reserve(buyer, buy, "USD", 400_00);
        reserve(seller, sell, "AAPL", 4);

        deliver(trade("AAPL", "100.00", 3, filling(leg(buy, buyer, "400.00", "300.00")), leg(sell, seller, "4", "3")));

        assertThat(account(buyer, "USD")).isEqualTo("700.00 + 0.00");
        assertThat(account(seller, "AAPL")).isEqualTo("6 + 1");
        assertThat(reserve(buyer, buy, "USD", 400_00, 2)).isInstanceOf(Outcome.Stale.class);
        assertThat(reserve(seller, sell, "AAPL", 5, 2)).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void keepsMoneyForTradesThatComeAfterTheOneThatFilled() {
        reserve(buyer, buy, "USD", 400_00);
        reserve(seller, sell, "AAPL", 4);

        deliver(trade("AAPL", "100.00", 1, filling(leg(buy, buyer, "300.00", "300.00")), leg(sell, seller, "4", "3")));
        assertThat(account(buyer, "USD")).isEqualTo("700.00 + 200.00");
        deliver(trade("AAPL", "100.00", 2, leg(buy, buyer, "400.00", "200.00"), leg(sell, seller, "4", "2")));

        assertThat(account(buyer, "USD")).isEqualTo("700.00 + 0.00");
        assertThat(account(buyer, "AAPL")).isEqualTo("3 + 0");
    }

    @Test
    void refusesALateReservationOfAClosedOrder() {
        deliver(closed(buy, buyer, "USD", "0"));

        assertThat(reserve(buyer, buy, "USD", 10_00, 1)).isInstanceOf(Outcome.Stale.class);
        assertThat(account(buyer, "USD")).isEqualTo("1000.00 + 0.00");
    }

    @Test
    void settlesATradeOnceThoughItComesUnderTwoEventIds() {
        reserve(buyer, buy, "USD", 400_00);
        reserve(seller, sell, "AAPL", 4);
        TradeExecuted trade =
                trade("AAPL", "100.00", 1, leg(buy, buyer, "400.00", "100.00"), leg(sell, seller, "4", "1"));

        deliver(trade, trade);
        deliver(trade);

        assertThat(account(buyer, "USD")).isEqualTo("600.00 + 300.00");
        assertThat(account(seller, "USD")).isEqualTo("100.00 + 0.00");
    }

    @Test
    void refusesATradeWithoutAReservation() {
        reserve(buyer, buy, "USD", 400_00);

        assertThatThrownBy(() ->
                        deliver(trade("AAPL", "100.00", 1, leg(buy, buyer, "400", "100"), leg(sell, seller, "4", "1"))))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("without a reservation");
        assertThat(account(buyer, "USD")).isEqualTo("600.00 + 400.00");
    }

    @Test
    void opensAPortfolioInTheTradesCurrencyForWhoeverHasNone() {
        backOffice.give(buyer, "CAD", 500_00);
        backOffice.give(seller, "SHOP", 10, "CAD");
        reserve(buyer, buy, "CAD", 200_00);
        reserve(seller, sell, "SHOP", 2);

        deliver(trade("CAD", "SHOP", "100.00", 2, leg(buy, buyer, "200", "200"), leg(sell, seller, "2", "2")));

        assertThat(account(buyer, "CAD")).isEqualTo("300.00 + 0.00");
        assertThat(account(buyer, "USD")).isEqualTo("1000.00 + 0.00");
        assertThat(account(seller, "CAD")).isEqualTo("200.00 + 0.00");
    }

    /** What they cost in one currency and bring in the other would be one sum. */
    @Test
    void refusesToTradeSharesInAnotherCurrencyThanTheyAreKeptIn() {
        backOffice.give(buyer, "CAD", 500_00);
        reserve(buyer, buy, "CAD", 200_00);
        reserve(seller, sell, "AAPL", 2);

        assertThatThrownBy(() -> deliver(
                        trade("CAD", "AAPL", "100.00", 2, leg(buy, buyer, "200", "200"), leg(sell, seller, "2", "2"))))
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("in a portfolio of another currency than CAD");
        assertThat(account(buyer, "CAD")).isEqualTo("300.00 + 200.00");
    }

    @Test
    void leavesAClientsSharesToTheAverageCostMethod() {
        reserve(buyer, buy, "USD", 900_00);
        reserve(seller, sell, "AAPL", 7);
        deliver(
                trade("AAPL", "100.00", 1, leg(buy, buyer, "900", "100"), leg(sell, seller, "7", "1")),
                trade("AAPL", "110.00", 2, leg(buy, buyer, "900", "320"), leg(sell, seller, "7", "3")));
        assertThat(position(buyer)).isEqualTo("cost 320.00, realized 0.00");

        UUID resale = Ids.next();
        reserve(buyer, resale, "AAPL", 2);
        UUID back = Ids.next();
        reserve(seller, back, "USD", 300_00);
        deliver(trade("AAPL", "150.00", 2, leg(back, seller, "300", "300"), leg(resale, buyer, "2", "2")));

        assertThat(position(buyer)).isEqualTo("cost 106.67, realized 86.67");
    }

    @Test
    void spendsAHandfulOfStatementsOnFiveHundredTrades() {
        List<DomainEvent> events = fiveHundredTrades();
        AtomicInteger statements = new AtomicInteger();
        services.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logAfterExecution(StatementContext context) {
                statements.incrementAndGet();
            }
        });

        deliver(events.toArray(DomainEvent[]::new));
        services.jdbi().setSqlLogger(SqlLogger.NOP_SQL_LOGGER);

        // Six, and four more since the buyer has never had such shares.
        assertThat(statements).hasValueLessThanOrEqualTo(10);
        assertThat(account(buyer, "AAPL")).isEqualTo("500 + 0");
        assertThat(account(seller, "USD")).isEqualTo("500.00 + 0.00");
    }

    /** The market of a busy second: fifty orders on each side, ten trades each. */
    private List<DomainEvent> fiveHundredTrades() {
        backOffice.give(seller, "AAPL", 490);
        List<DomainEvent> events = new ArrayList<>();
        List<ReserveOrder> orders = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            UUID buying = Ids.next();
            UUID selling = Ids.next();
            orders.add(new ReserveOrder(buyer, buying, "USD", 10_00, 1));
            orders.add(new ReserveOrder(seller, selling, "AAPL", 10, 1));
            for (int n = 1; n <= 10; n++) {
                events.add(trade(
                        "AAPL",
                        "1.00",
                        1,
                        leg(buying, buyer, "10.00", n + ".00"),
                        leg(selling, seller, "10", Integer.toString(n))));
            }
            events.add(closed(buying, buyer, "USD", "10.00"));
            events.add(closed(selling, seller, "AAPL", "10"));
        }
        assertThat(services.reservations().reserve(orders)).allMatch(Outcome.Reserved.class::isInstance);
        Collections.shuffle(events, new Random(1));
        return events;
    }

    private void reserve(UUID client, UUID order, String asset, long amount) {
        assertThat(reserve(client, order, asset, amount, 1)).isInstanceOf(Outcome.Reserved.class);
    }

    private Outcome reserve(UUID client, UUID order, String asset, long amount, int version) {
        return services.reservations()
                .reserve(List.of(new ReserveOrder(client, order, asset, amount, version)))
                .getFirst();
    }

    private void deliver(DomainEvent... events) {
        List<EventEnvelope> envelopes =
                Arrays.stream(events).map(RunningPortfolios::envelope).toList();
        services.jdbi().useTransaction(tx -> services.events().handle(tx, envelopes));
    }

    private String account(UUID client, String asset) {
        return services.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT decimal_amount(available, s.scale) || ' + ' || decimal_amount(held, s.scale)
                        FROM accounts a JOIN assets s ON s.code = a.asset
                        WHERE client_id = :client AND asset = :asset AND trading""")
                .bind("client", client)
                .bind("asset", asset)
                .mapTo(String.class)
                .one());
    }

    private String position(UUID client) {
        return services.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT cost, realized_pnl FROM accounts WHERE client_id = :client AND asset = 'AAPL'""")
                .bind("client", client)
                .map((row, context) -> "cost " + BigDecimal.valueOf(row.getLong("cost"), 2) + ", realized "
                        + BigDecimal.valueOf(row.getLong("realized_pnl"), 2))
                .one());
    }

    private long house(String house) {
        return services.jdbi().withHandle(handle -> handle.createQuery("""
                        SELECT sum(available_delta) FROM entries e JOIN accounts a ON a.id = e.account_id
                        WHERE a.house = :house""")
                .bind("house", house)
                .mapTo(Long.class)
                .one());
    }
}
