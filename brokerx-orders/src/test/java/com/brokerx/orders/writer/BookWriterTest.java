package com.brokerx.orders.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.orders.market.MarketHoursSettings;
import com.brokerx.orders.order.Direction;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderCode;
import com.brokerx.orders.order.OrderStatus;
import com.brokerx.orders.order.TestOrders;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ReportType;
import com.brokerx.orders.trade.TradeQueries;
import com.brokerx.testing.Eventually;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BookWriterTest {

    private static final UUID ANNE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();

    private TestDatabase database;
    private WriterRig rig;

    @BeforeEach
    void start() {
        database = TestDatabase.migrated("orders/migrations.xml");
        rig = new WriterRig(database, "one").own();
    }

    private static Order buy(UUID client, long quantity, long ticks) {
        return TestOrders.pending(client, Direction.BUY, quantity, ticks);
    }

    private static Order sell(UUID client, long quantity, long ticks) {
        return TestOrders.pending(client, Direction.SELL, quantity, ticks);
    }

    private static Order done(CommandOutcome outcome) {
        return ((CommandOutcome.Done) outcome).order();
    }

    private List<ReportType> reports(Order order) {
        return rig.committed.stream()
                .filter(execution -> execution.order().id().equals(order.id()))
                .map(Execution::type)
                .toList();
    }

    @Test
    void anOrderThatRestsIsWorking() {
        Order order = buy(ANNE, 10, 9_000);

        Order placed = done(rig.place(order));

        assertThat(placed.status()).isEqualTo(OrderStatus.WORKING);
        assertThat(rig.stored(order.id())).isEqualTo(placed);
        assertThat(reports(order)).containsExactly(ReportType.NEW);
        assertThat(rig.count("open_orders")).isEqualTo(1);
        assertThat(rig.board.find("ZQUIET").orElseThrow().bestBid()).hasValue(9_000);
    }

    @Test
    void aTradeTellsBothSidesAndSettlesThemByOneEvent() {
        Order sell = sell(ANNE, 10, 10_000);
        Order buy = buy(BOB, 4, 11_000);

        rig.place(sell);
        Order filled = done(rig.place(buy));

        assertThat(filled.status()).isEqualTo(OrderStatus.FILLED);
        assertThat(filled.state().notional()).isEqualTo(40_000);
        assertThat(rig.stored(sell.id()).status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
        assertThat(reports(sell)).containsExactly(ReportType.NEW, ReportType.PARTIAL_FILL);
        assertThat(reports(buy)).containsExactly(ReportType.NEW, ReportType.FILL);
        assertThat(rig.events()).containsExactly("trade.executed");
        assertThat(rig.count("trades")).isEqualTo(1);
        assertThat(rig.count("open_orders")).isEqualTo(1);
    }

    @Test
    void aBatchThatOpensAndFillsAnOrderLeavesItInNoBook() {
        Order sell = rig.store(sell(ANNE, 10, 10_000));
        Order buy = rig.store(buy(BOB, 10, 10_000));

        rig.write(OrderCommand.Place.fresh(sell), OrderCommand.Place.fresh(buy));

        assertThat(rig.stored(sell.id()).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(rig.count("open_orders")).isZero();
    }

    @Test
    void eachClientsLogIsNumberedWithoutAGap() {
        for (int i = 0; i < 5; i++) {
            rig.write(
                    OrderCommand.Place.fresh(rig.store(sell(ANNE, 1, 10_000))),
                    OrderCommand.Place.fresh(rig.store(buy(BOB, 1, 10_000))));
        }

        assertThat(sequencesOf(ANNE)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(sequencesOf(BOB)).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
    }

    private List<Long> sequencesOf(UUID client) {
        return rig.committed.stream()
                .filter(execution -> execution.order().clientId().equals(client))
                .map(Execution::clientSequence)
                .toList();
    }

    @Test
    void anOrderThatComesTwiceIsPlacedOnce() {
        Order order = rig.store(sell(ANNE, 10, 10_000));
        rig.place(buy(BOB, 4, 10_000));

        rig.write(OrderCommand.Place.fresh(order), OrderCommand.Place.again(order));
        rig.write(OrderCommand.Place.fresh(order));
        Order last = done(rig.write(OrderCommand.Place.again(order)).getFirst());

        assertThat(last.state().filled()).isEqualTo(4);
        assertThat(rig.count("trades")).isEqualTo(1);
    }

    @Test
    void anOrderThatWasFilledElsewhereIsNotMatchedAgain() throws InterruptedException {
        Order order = rig.store(sell(ANNE, 4, 10_000));
        rig.place(buy(BOB, 8, 10_000));
        rig.write(OrderCommand.Place.fresh(order));
        // Another writer, who has not seen the order lately, gets the very same fresh command.
        rig.leases.stop();
        WriterRig other = new WriterRig(database, "two").own();
        Submission late = new Submission(OrderCommand.Place.fresh(order));

        CommandOutcome again = other.writer.write(List.of(late)).getFirst();

        assertThat(done(again).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(rig.count("trades")).isEqualTo(1);
        assertThat(other.stored(order.id()).state().filled()).isEqualTo(4);
    }

    @Test
    void aBookIsBuiltAnewAsItWas() throws InterruptedException {
        Order first = sell(ANNE, 5, 10_000);
        Order second = sell(ANNE, 5, 10_000);
        rig.place(first);
        rig.place(second);
        rig.place(buy(BOB, 2, 10_000));
        rig.leases.stop();

        WriterRig restarted = new WriterRig(database, "two").own();
        restarted.place(buy(BOB, 4, 10_000));

        assertThat(restarted.stored(first.id()).status()).isEqualTo(OrderStatus.FILLED);
        assertThat(restarted.stored(second.id()).state().filled()).isEqualTo(1);
        assertThat(restarted.board.find("ZQUIET").orElseThrow().statistics().volume())
                .isEqualTo(6);
    }

    @Test
    void anOcoOrderKeepsBothItsPricesInABookThatIsBuiltAnew() throws InterruptedException {
        Order oco = TestOrders.oco(ANNE, 10, 10_500, 9_500);
        rig.place(oco);
        rig.place(buy(BOB, 4, 10_500));
        rig.leases.stop();

        WriterRig restarted = new WriterRig(database, "two").own();
        restarted.place(buy(BOB, 1, 10_500));
        restarted.place(buy(BOB, 20, 9_500));
        restarted.place(sell(UUID.randomUUID(), 1, 9_500));

        Order sold = restarted.stored(oco.id());
        assertThat(sold.status()).isEqualTo(OrderStatus.FILLED);
        assertThat(sold.state().triggeredAt()).isNotNull();
        assertThat(sold.state().notional()).isEqualTo(5 * 10_500 + 5 * 9_500);
        assertThat(reports(oco)).containsExactly(ReportType.NEW, ReportType.PARTIAL_FILL);
        assertThat(restarted.committed.stream()
                        .filter(execution -> execution.order().id().equals(oco.id()))
                        .map(Execution::type))
                .containsExactly(ReportType.PARTIAL_FILL, ReportType.TRIGGERED, ReportType.FILL);
        assertThat(rig.count("open_orders")).isEqualTo(1);
    }

    @Test
    void theLogOfAStopThatTriggersAtOnceReadsAsItWasTold() {
        rig.place(sell(BOB, 1, 9_500));
        rig.place(buy(UUID.randomUUID(), 5, 9_500));
        Order stop = TestOrders.stop(ANNE, 3, 9_500);

        rig.place(stop);

        List<Execution> told = rig.committed.stream()
                .filter(execution -> execution.order().id().equals(stop.id()))
                .toList();
        assertThat(told)
                .extracting(Execution::type)
                .containsExactly(ReportType.NEW, ReportType.TRIGGERED, ReportType.FILL);
        List<Execution> read = new TradeQueries(rig.jdbi).log(ANNE, 0, 10);
        assertThat(read).isEqualTo(told);
        assertThat(read)
                .extracting(execution -> execution.order().state().triggeredAt() != null)
                .containsExactly(false, true, true);
    }

    @Test
    void theLastPriceSurvivesARestart() throws InterruptedException {
        rig.place(sell(ANNE, 5, 10_500));
        rig.place(buy(BOB, 5, 10_500));
        rig.leases.stop();

        WriterRig restarted = new WriterRig(database, "two").own();
        restarted.write(new OrderCommand.ExpireDue("ZQUIET"));

        var statistics = restarted.board.find("ZQUIET").orElseThrow().statistics();
        assertThat(statistics.lastTicks()).isEqualTo(10_500);
        assertThat(statistics.previousCloseTicks()).isEqualTo(10_000);
    }

    @Test
    void aWriterThatLostItsLeaseCannotCommit() {
        rig.place(sell(ANNE, 5, 10_000));
        WriterRig other = new WriterRig(database, "two");
        Eventually.await("the lease runs out", Duration.ofSeconds(20), () -> {
            other.own();
            return other.leases.isHeld("ZQUIET");
        });
        Order order = rig.store(buy(BOB, 5, 10_000));
        Submission late = new Submission(OrderCommand.Place.fresh(order));

        assertThat(rig.writer.write(List.of(late)).getFirst()).isEqualTo(new CommandOutcome.NotOwner());
        assertThat(rig.stored(order.id()).status()).isEqualTo(OrderStatus.PENDING_FUNDS);
        assertThat(rig.count("trades")).isZero();
        assertThat(done(other.write(OrderCommand.Place.again(order)).getFirst()).status())
                .isEqualTo(OrderStatus.FILLED);
    }

    @Test
    void aTakeOverWaitsForTheTransactionOfTheOldOwner() throws Exception {
        rig.place(sell(ANNE, 5, 10_000));
        WriterRig other = new WriterRig(database, "two");
        CompletableFuture<Void> taken;
        try (var handle = rig.jdbi.open()) {
            handle.begin();
            locked(handle, List.of("ZQUIET", "AAPL"), ownerOf("ZQUIET"));
            taken = CompletableFuture.runAsync(
                    () -> Eventually.await("the book is taken over", Duration.ofSeconds(20), () -> {
                        other.own();
                        return other.leases.isHeld("ZQUIET");
                    }));
            Eventually.await(
                    "the take-over waits for a lock",
                    Duration.ofSeconds(20),
                    () -> rig.count("pg_locks WHERE NOT granted") > 0);
            assertThat(other.leases.isHeld("ZQUIET")).isFalse();
            handle.commit();
        }
        taken.get();
    }

    /** Where they did, each held some rows and wanted the others', and the database took a second to see that. */
    @Test
    void aRenewalAndAWriterDoNotWaitForEachOther() {
        List<String> symbols = List.of("ZQUIET", "AAPL");
        String owner = ownerOf("ZQUIET");
        try (Handle writer = rig.jdbi.open();
                Handle renewal = rig.jdbi.open()) {
            renewal.execute("SET lock_timeout = '1s'");
            writer.execute("SET lock_timeout = '1s'");
            writer.begin();
            assertThat(locked(writer, symbols, owner)).hasSize(2);
            renewal.begin();
            LeaseStore.renew(renewal, owner, 60_000);
            writer.commit();

            writer.begin();
            assertThat(locked(writer, symbols, owner)).hasSize(2);
            renewal.commit();
            writer.commit();
        }
    }

    private static List<Map.Entry<String, Long>> locked(Handle handle, List<String> symbols, String owner) {
        Pipeline pipeline = new Pipeline(handle);
        Pipeline.Step<Map.Entry<String, Long>> step = LeaseStore.lock(pipeline, symbols, owner);
        pipeline.run();
        return step.rows();
    }

    private String ownerOf(String symbol) {
        return rig.jdbi.withHandle(handle -> handle.createQuery("SELECT owner FROM book_leases WHERE symbol = :symbol")
                .bind("symbol", symbol)
                .mapTo(String.class)
                .one());
    }

    @Test
    void aCancelMeetsAnOrderInWhateverStateItIs() {
        Order waiting = rig.store(buy(ANNE, 1, 9_000));
        Order working = buy(ANNE, 1, 9_000);
        rig.place(working);
        Order filled = buy(ANNE, 1, 10_000);
        rig.place(sell(BOB, 1, 10_000));
        rig.place(filled);

        List<CommandOutcome> outcomes = rig.write(
                new OrderCommand.Cancel(waiting.id(), "ZQUIET", null),
                new OrderCommand.Cancel(working.id(), "ZQUIET", null),
                new OrderCommand.Cancel(filled.id(), "ZQUIET", null),
                new OrderCommand.Cancel(working.id(), "ZQUIET", null),
                new OrderCommand.Cancel(UUID.randomUUID(), "ZQUIET", null));

        assertThat(done(outcomes.get(0)).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(done(outcomes.get(1)).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(outcomes.get(2)).isInstanceOf(CommandOutcome.Refused.class);
        assertThat(done(outcomes.get(3)).status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(outcomes.get(4)).isEqualTo(new CommandOutcome.NotFound());
        assertThat(done(rig.write(OrderCommand.Place.fresh(waiting)).getFirst()).status())
                .isEqualTo(OrderStatus.CANCELLED);
    }

    @Test
    void aCancelOfAnotherVersionIsAConflict() {
        Order order = buy(ANNE, 2, 10_000);
        int version = done(rig.place(order)).state().lockVersion();
        rig.place(sell(BOB, 1, 10_000));

        CommandOutcome stale = rig.write(new OrderCommand.Cancel(order.id(), "ZQUIET", version))
                .getFirst();

        assertThat(stale).isInstanceOf(CommandOutcome.Conflict.class);
        assertThat(rig.stored(order.id()).status()).isEqualTo(OrderStatus.PARTIALLY_FILLED);
    }

    @Test
    void twoOrdersOfOneClientDoNotTrade() {
        rig.place(sell(ANNE, 5, 10_000));

        Order order = done(rig.place(buy(ANNE, 5, 10_000)));

        assertThat(order.status()).isEqualTo(OrderStatus.CANCELLED);
        assertThat(order.state().rejectCode()).isEqualTo("self_trade");
        assertThat(rig.count("trades")).isZero();
    }

    @Test
    void ordersEndWhenTheirTimeIsOver() {
        Order day = rig.store(
                TestOrders.expiring(ANNE, 5, 9_000, rig.clock.instant().plusSeconds(60)));
        rig.write(OrderCommand.Place.fresh(day));
        rig.place(buy(ANNE, 5, 9_000));

        assertThat(rig.write(new OrderCommand.ExpireDue("ZQUIET"))).containsExactly(new CommandOutcome.Expired(0));
        rig.clock.advance(Duration.ofSeconds(61));
        assertThat(rig.write(new OrderCommand.ExpireDue("ZQUIET"))).containsExactly(new CommandOutcome.Expired(1));

        assertThat(rig.stored(day.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(reports(day)).containsExactly(ReportType.NEW, ReportType.EXPIRED);
        assertThat(rig.count("open_orders")).isEqualTo(1);
    }

    @Test
    void anOrderWhoseTimeIsOverDoesNotTradeAnyMore() {
        Order due = rig.store(
                TestOrders.expiring(ANNE, 5, 9_000, rig.clock.instant().plusSeconds(60)));
        rig.write(OrderCommand.Place.fresh(due));
        rig.clock.advance(Duration.ofSeconds(61));

        Order late = done(rig.place(sell(BOB, 5, 9_000)));

        assertThat(late.status()).isEqualTo(OrderStatus.WORKING);
        assertThat(rig.stored(due.id()).status()).isEqualTo(OrderStatus.EXPIRED);
        assertThat(rig.count("trades")).isZero();
    }

    @Test
    void whileMoreExpireThanFitIntoABatchNobodyTrades() {
        Instant end = rig.clock.instant().plusSeconds(60);
        OrderCommand[] many = IntStream.range(0, 600)
                .mapToObj(i -> OrderCommand.Place.fresh(rig.store(TestOrders.expiring(ANNE, 1, 9_000, end))))
                .toArray(OrderCommand[]::new);
        rig.write(many);
        rig.clock.advance(Duration.ofSeconds(61));
        Order sell = rig.store(sell(BOB, 5, 9_000));

        List<CommandOutcome> first = rig.write(OrderCommand.Place.fresh(sell), OrderCommand.Place.fresh(sell));
        CommandOutcome second = rig.write(OrderCommand.Place.again(sell)).getFirst();

        assertThat(first).containsOnly(new CommandOutcome.Undecided());
        assertThat(done(second).status()).isEqualTo(OrderStatus.WORKING);
        assertThat(rig.count("trades")).isZero();
        assertThat(rig.count("open_orders")).isEqualTo(1);
    }

    @Test
    void aReplacementThatReachesItsBookAfterTheCloseIsRefused() throws InterruptedException {
        rig.leases.stop();
        ManualClock clock = new ManualClock(Instant.parse("2026-11-23T20:59:59Z"));
        WriterRig exchange = new WriterRig(
                        database, "two", clock, new MarketHoursSettings(false, null, null, null, null, null, null))
                .own();
        Order sell = done(exchange.place(sell(ANNE, 5, 10_000)));
        clock.advance(Duration.ofSeconds(1));

        CommandOutcome late =
                exchange.write(TestReplacements.price(sell, 10_100)).getFirst();

        assertThat(late).isEqualTo(new CommandOutcome.Refused(sell, OrderCode.MARKET_CLOSED));
    }

    @Test
    void anAnswerThatChangesNothingIsNotGivenFromABookThatOthersOwn() {
        Order sell = done(rig.place(sell(ANNE, 5, 10_000)));
        WriterRig other = new WriterRig(database, "two");
        Eventually.await("the lease runs out", Duration.ofSeconds(20), () -> {
            other.own();
            return other.leases.isHeld("ZQUIET");
        });

        int newer = sell.state().lockVersion() + 1;
        CommandOutcome late =
                rig.write(new OrderCommand.Cancel(sell.id(), "ZQUIET", newer)).getFirst();

        assertThat(late).isEqualTo(new CommandOutcome.NotOwner());
    }

    @Test
    void updatesOfOrdersTouchNoIndex() {
        for (int batch = 0; batch < 20; batch++) {
            List<OrderCommand> pairs = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                pairs.add(OrderCommand.Place.fresh(rig.store(sell(ANNE, 1, 10_000))));
                pairs.add(OrderCommand.Place.fresh(rig.store(buy(BOB, 1, 10_000))));
            }
            rig.write(pairs.toArray(OrderCommand[]::new));
        }
        Eventually.await("statistics arrive", Duration.ofSeconds(20), () -> updates("n_tup_upd") >= 400);

        assertThat(updates("n_tup_hot_upd")).isGreaterThan(updates("n_tup_upd") * 9 / 10);
    }

    private long updates(String counter) {
        return rig.jdbi.withHandle(
                handle -> handle.createQuery("SELECT " + counter + " FROM pg_stat_user_tables WHERE relname = 'orders'")
                        .mapTo(Long.class)
                        .one());
    }
}
