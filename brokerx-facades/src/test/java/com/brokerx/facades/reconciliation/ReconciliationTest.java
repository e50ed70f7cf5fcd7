package com.brokerx.facades.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.facades.reconciliation.Reconcilable.Hold;
import com.brokerx.facades.reconciliation.Reconcilable.Trade;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReconciliationTest {

    private static final Duration AT_ONCE = Duration.ZERO;
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final UUID CLIENT = Ids.next();

    private final MemoryBooks portfolios = new MemoryBooks();
    private final MemoryBooks orders = new MemoryBooks();
    private final UUID order = Ids.next();

    private Reconciliation.Result reconcile(Duration patience) {
        return new Reconciliation(portfolios, orders, patience).full();
    }

    private List<String> differences(Duration patience) {
        return reconcile(patience).findings().stream()
                .flatMap(finding -> finding.examples().stream())
                .toList();
    }

    private static Hold hold(UUID order, int version, String authorized, String settled, boolean closed) {
        return new Hold(order, CLIENT, "USD", version, new BigDecimal(authorized), new BigDecimal(settled), closed);
    }

    private static Trade trade(UUID id, long sequence, String total) {
        return new Trade(id, "AAPL", sequence, 10, new BigDecimal("5"), new BigDecimal(total), CLIENT, CLIENT, 0, 0);
    }

    @Test
    void findsNothingWhereBothSayTheSame() {
        for (int sequence = 1; sequence <= 2500; sequence++) {
            Trade trade = trade(Ids.next(), sequence, "50");
            portfolios.put(trade);
            orders.put(trade);
        }
        for (int i = 0; i < 2500; i++) {
            Hold hold = hold(Ids.next(), 1, "100.00", "0.00", false);
            portfolios.put(hold);
            orders.put(hold);
        }

        Reconciliation.Result result = reconcile(AT_ONCE);

        assertThat(result.ok()).isTrue();
        assertThat(result.holds()).isEqualTo(2500);
        assertThat(result.trades()).isEqualTo(2500);
        assertThat(portfolios.tradesRead()).as("digests were enough").isZero();
    }

    /** Each row: the reservation, the order, and what is said of them; {@code -} where there is none. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 100 0 open   | -              | holds 100 USD and there is no such order
            1 100 0 open   | 1 0 0 closed   | has ended and holds 100 USD
            1 100 0 closed | 1 100 100 closed | has ended and holds 100 USD
            -              | 1 100 0 open   | may spend 100 USD and nothing is reserved for it
            1 0 0 closed   | 1 100 0 open   | is open and its reservation has ended
            1 100 0 open   | 2 100 0 open   | reserved as version 1, the order is at 2
            1 90 0 open    | 1 100 0 open   | has 90 reserved and 0 settled, the order is at 100 and 0
            1 110 0 open   | 1 100 0 open   | has 110 reserved and 0 settled
            1 100 60 open  | 1 100 50 open  | has 100 reserved and 60 settled, the order is at 100 and 50
            1 90 40 open   | 1 100 50 open  | has 90 reserved and 40 settled
            """)
    void namesTheOrderWhoseHoldIsWrong(String reserved, String known, String text) {
        put(portfolios, reserved);
        put(orders, known);

        assertThat(differences(AT_ONCE)).singleElement().asString().contains(order.toString(), text);
    }

    /** A trade that is not settled yet is one difference, not two, and a better price frees nothing before it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            1 100 0 open     | 1 95 45 open
            1 100 0 open     | 1 100 0 open
            1 95 95 closed   | 1 95 95 closed
            -                | 1 0 0 closed
            1 0 0 closed     | -
            """)
    void findsHoldsRightThatAre(String reserved, String known) {
        put(portfolios, reserved);
        put(orders, known);

        assertThat(differences(AT_ONCE)).isEmpty();
    }

    private void put(MemoryBooks books, String text) {
        if (!text.equals("-")) {
            String[] word = text.split(" ");
            books.put(hold(order, Integer.parseInt(word[0]), word[1], word[2], word[3].equals("closed")));
        }
    }

    @Test
    void namesTradesThatAreNotSettledOrWereNeverMadeOrDiffer() {
        UUID lost = Ids.next();
        UUID invented = UUID.fromString("ffffffff-0000-4000-8000-000000000001");
        UUID changed = Ids.next();
        orders.put(trade(lost, 1, "50"));
        portfolios.put(trade(invented, 2, "50"));
        orders.put(trade(changed, 3, "50"));
        portfolios.put(trade(changed, 3, "49.99"));

        assertThat(differences(AT_ONCE))
                .hasSize(3)
                .anyMatch(text -> text.contains(lost.toString()) && text.endsWith("is not settled"))
                .anyMatch(text -> text.contains(invented.toString()) && text.endsWith("was settled and never made"))
                .anyMatch(text -> text.contains(changed.toString()) && text.contains("10 for 49.99"));
    }

    @Test
    void waitsForWhatIsUnderWay() {
        Trade trade = trade(Ids.next(), 1, "50");
        orders.put(trade);
        portfolios.atLook(3, () -> portfolios.put(trade));

        assertThat(differences(PATIENT)).isEmpty();
    }

    /** As the first one in the background does, which rests most of its time, where many orders are open. */
    @Test
    void waitsForWhatIsUnderWayAlsoAfterALookThatOutlastsThePatience() {
        Duration patience = Duration.ofMillis(100);
        Trade trade = trade(Ids.next(), 1, "50");
        orders.put(trade);
        portfolios.atLook(
                1, () -> LockSupport.parkNanos(patience.multipliedBy(3).toNanos()));
        portfolios.atLook(2, () -> portfolios.put(trade));

        assertThat(differences(patience)).isEmpty();
    }

    @Test
    void doesNotTakeNewsForADifferenceThatLasts() {
        Trade settled = trade(Ids.next(), 1, "50");
        Trade next = trade(Ids.next(), 2, "50");
        Trade underWay = trade(Ids.next(), 3, "50");
        portfolios.put(settled);
        orders.put(settled);
        orders.put(underWay);
        portfolios.atLook(2, () -> {
            portfolios.put(underWay);
            orders.put(next);
        });

        assertThat(differences(PATIENT)).isEmpty();
    }

    @Test
    void looksOnlyAtWhatIsNewIfTold() {
        UUID old = Ids.next();
        UUID recent = Ids.next();
        orders.put(trade(old, 1, "50"));
        orders.put(trade(recent, 2, "50"));

        var findings =
                new Reconciliation(portfolios, orders, AT_ONCE).since(old).findings();

        assertThat(findings.stream().flatMap(finding -> finding.examples().stream()))
                .singleElement()
                .asString()
                .contains(recent.toString());
    }
}
