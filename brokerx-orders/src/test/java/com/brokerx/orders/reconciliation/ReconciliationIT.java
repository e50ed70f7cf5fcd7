package com.brokerx.orders.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.id.Ids;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.facades.http.FacadeSettings;
import com.brokerx.facades.reconciliation.Finding;
import com.brokerx.facades.reconciliation.HttpReconcilable;
import com.brokerx.facades.reconciliation.Reconcilable;
import com.brokerx.facades.reconciliation.Reconcilable.Hold;
import com.brokerx.facades.reconciliation.Reconcilable.Trade;
import com.brokerx.orders.testing.OrdersClient;
import com.brokerx.orders.testing.RunningOrders;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A buy of ten that has traded four, and what can be seen of it over HTTP. */
class ReconciliationIT {

    @AutoClose
    private static final RunningOrders ORDERS = RunningOrders.start();

    private static Reconcilable books;
    private static UUID buy;
    private static UUID sell;

    @BeforeAll
    static void trade() {
        FacadeClient http = new FacadeClient(
                "orders",
                new FacadeSettings(
                        ORDERS.server().url(), Duration.seconds(20), null, null, null, null, null, null, null),
                Foundation.newHttpClient(),
                "dev-internal-token",
                new FacadeMetrics(new CollectorRegistry()));
        books = new HttpReconcilable(http, "orders");
        OrdersClient buyer = ORDERS.client("USD", "1000.00");
        OrdersClient seller = ORDERS.client("ZQUIET", "4");
        sell = seller.limit("ZQUIET", "sell", 4, "95.00").id();
        buy = buyer.limit("ZQUIET", "buy", 10, "96.00").id();
    }

    @Test
    void saysWhatOpenOrdersMaySpend() {
        List<Hold> open = books.openHolds(null, 10);

        assertThat(open).hasSize(1);
        assertThat(open.getFirst().orderId()).isEqualTo(buy);
        assertThat(open.getFirst().asset()).isEqualTo("USD");
        assertThat(open.getFirst().authorized()).isEqualByComparingTo("956.00");
        assertThat(open.getFirst().settled()).isEqualByComparingTo("380.00");
        assertThat(books.openHolds(open.getFirst().place(), 10)).isEmpty();
    }

    @Test
    void saysWhatBecameOfOrdersThatAreDone() {
        List<Hold> done = books.holds(List.of(sell, Ids.next()));

        assertThat(done).hasSize(1);
        assertThat(done.getFirst().isEnded()).isTrue();
        assertThat(done.getFirst().settled()).isEqualByComparingTo("4");
    }

    @Test
    void listsTradesByBlocks() {
        var blocks = books.tradeBlocks(null);
        assertThat(blocks).hasSize(1);
        assertThat(blocks.getFirst().trades()).isEqualTo(1);

        Trade trade = books.trades(blocks.getFirst()).getFirst();
        assertThat(trade.buyOrderId()).isEqualTo(buy);
        assertThat(trade.sellOrderId()).isEqualTo(sell);
        assertThat(trade.total()).isEqualByComparingTo("380");
        assertThat(books.tradeBlocks(trade.id())).isEmpty();
    }

    @Test
    void findsItsOwnBooksRight() {
        assertThat(books.report().findings()).hasSize(5).allMatch(Finding::isRight);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            fills         | UPDATE orders SET notional = notional + 1 WHERE filled = 4 | UPDATE orders SET notional = notional - 1 WHERE filled = 4
            reports       | UPDATE executions SET last_quantity = 5 WHERE maker        | UPDATE executions SET last_quantity = 4 WHERE maker
            trade_numbers | UPDATE trades SET sequence = 2                             | UPDATE trades SET sequence = 1
            books         | UPDATE open_orders SET order_id = gen_random_uuid()        | UPDATE open_orders SET order_id = (SELECT id FROM orders WHERE status = 'partially_filled')
            logs          | UPDATE client_logs SET last_sequence = last_sequence + 1   | UPDATE client_logs SET last_sequence = last_sequence - 1
            """)
    void findsWhatWasChangedByHand(String check, String change, String repair) {
        byHand(change);
        try {
            assertThat(books.report().findings())
                    .filteredOn(finding -> !finding.isRight())
                    .extracting(Finding::check)
                    .contains(check);
        } finally {
            byHand(repair);
        }
    }

    private static void byHand(String sql) {
        ORDERS.database().jdbi().useTransaction(tx -> {
            tx.execute("SET LOCAL session_replication_role = replica");
            tx.execute(sql);
        });
    }
}
