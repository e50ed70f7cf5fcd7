package com.brokerx.portfolios.reservation;

import static com.brokerx.portfolios.Market.leg;
import static com.brokerx.portfolios.Market.trade;
import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.BackOffice;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.Services;
import com.brokerx.portfolios.backoffice.JournalService;
import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.portfolio.Portfolios.Wanted;
import com.brokerx.portfolios.portfolio.ShareAccounts;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.testing.AtOnce;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Until a symbol's first trade the back office may put its shares under another currency than they are traded in. An order about such shares
 * could not be settled.
 */
class MisplacedSharesTest {

    private static final int RACES = 20;

    private static Services services;
    private static ReservationService reservations;
    private static int symbols;

    private final BackOffice backOffice = new BackOffice(services);
    private final UUID client = Ids.next();
    private final UUID order = Ids.next();
    private final String symbol = "ODD" + ++symbols;

    @BeforeAll
    static void open() {
        services = new Services(4);
        reservations = services.reservations();
    }

    @AfterAll
    static void close() {
        services.close();
    }

    @BeforeEach
    void fund() {
        backOffice.give(client, "USD", 1000_00);
        services.assets().register(services.assets().findOrSymbol(symbol).orElseThrow());
    }

    @AfterEach
    void check() {
        assertThat(services.check().full().findings()).allMatch(finding -> finding.differences() == 0);
    }

    @Test
    void refusesToBuyWhatIsKeptInAnotherCurrency() {
        backOffice.give(client, symbol, 5, "EUR");
        backOffice.give(client, "EUR", 1000_00);

        assertThat(buy(client, order, "USD")).isInstanceOf(Outcome.CurrencyMismatch.class);
        assertThat(buy(client, order, "USD")).as("once it is known").isInstanceOf(Outcome.CurrencyMismatch.class);

        assertThat(held(client)).isZero();
        assertThat(buy(client, order, "EUR")).isInstanceOf(Outcome.Reserved.class);
    }

    @Test
    void keepsThePlaceOfSharesThatAreAboutToBeBought() {
        UUID seller = Ids.next();
        UUID sell = Ids.next();
        backOffice.give(seller, symbol, 4);
        assertThat(buy(client, order, "USD")).isInstanceOf(Outcome.Reserved.class);
        assertThat(sell(seller, sell)).isInstanceOf(Outcome.Reserved.class);

        assertThat(moveIn(client, "EUR")).isInstanceOf(JournalService.Outcome.CurrencyMismatch.class);

        var traded = trade(symbol, "100.00", 1, leg(order, client, "100.00", "100.00"), leg(sell, seller, "4", "1"));
        services.jdbi().useTransaction(tx -> services.events().handle(tx, List.of(RunningPortfolios.envelope(traded))));
        assertThat(held(client)).isZero();
        assertThat(moveIn(client, "USD")).isInstanceOf(JournalService.Outcome.Done.class);
    }

    @Test
    void ofABuyAndATransferInAnotherCurrencyOneIsRefused() {
        for (int race = 0; race < RACES; race++) {
            UUID racer = Ids.next();
            backOffice.give(racer, "USD", 1000_00);
            List<Boolean> done = AtOnce.times(
                    2,
                    number -> number == 0
                            ? buy(racer, Ids.next(), "USD") instanceof Outcome.Reserved
                            : moveIn(racer, "EUR") instanceof JournalService.Outcome.Done);

            assertThat(done).containsExactlyInAnyOrder(true, false);
        }
    }

    @Test
    void remembersNothingOfATransactionThatWasRolledBack() {
        ShareAccounts accounts = new ShareAccounts();
        Wanted shares = new Wanted(new AccountKey(client, symbol), "USD");
        services.jdbi().useTransaction(tx -> {
            look(accounts, shares, new Pipeline(tx));
            tx.rollback();
        });
        assertThat(moveIn(client, "EUR")).isInstanceOf(JournalService.Outcome.Done.class);

        boolean misplaced = services.jdbi()
                .inTransaction(tx -> look(accounts, shares, new Pipeline(tx)).isMisplaced(shares));
        assertThat(misplaced).isTrue();
    }

    private static ShareAccounts.Look look(ShareAccounts accounts, Wanted shares, Pipeline pipeline) {
        ShareAccounts.Look look = accounts.look(List.of(shares));
        look.addTo(pipeline);
        pipeline.run();
        return look;
    }

    private Outcome buy(UUID buyer, UUID orderId, String currency) {
        return reserve(buyer, orderId, currency, 100_00, currency);
    }

    private Outcome sell(UUID seller, UUID orderId) {
        return reserve(seller, orderId, symbol, 4, "USD");
    }

    private Outcome reserve(UUID who, UUID orderId, String asset, long amount, String currency) {
        Wanted shares = new Wanted(new AccountKey(who, symbol), currency);
        return reservations
                .reserve(List.of(new ReserveOrder(who, orderId, asset, amount, 1, Optional.of(shares))))
                .getFirst();
    }

    private JournalService.Outcome moveIn(UUID who, String currency) {
        JournalService journals = new JournalService(services.portfolios(), services.ledger(), services.assets());
        return services.jdbi()
                .inTransaction(tx -> journals.post(
                        tx, who, services.assets().require(symbol), 5, Optional.of(currency), "transfer in"));
    }

    private static long held(UUID who) {
        return services.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT sum(held) FROM accounts WHERE client_id = :client")
                        .bind("client", who)
                        .mapTo(Long.class)
                        .one());
    }
}
