package com.brokerx.orders.writer;

import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.outbox.OutboxSettings;
import com.brokerx.orders.market.InstrumentSettings;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketHoursSettings;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderStore;
import com.brokerx.orders.order.TestOrders;
import com.brokerx.orders.trade.Execution;
import com.brokerx.orders.trade.ExecutionFeed;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import io.dropwizard.util.Duration;
import io.prometheus.client.CollectorRegistry;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;

/** One writer on a real database, without threads and HTTP: each call is one batch. */
final class WriterRig {

    private static final OutboxSettings TO_PORTFOLIOS = new OutboxSettings(
            List.of(new OutboxSettings.Subscriber(
                    "portfolios",
                    URI.create("http://localhost"),
                    List.of("secret"),
                    Set.of("trade.executed", "order.closed"))),
            null,
            null,
            null,
            null,
            null,
            null,
            null);

    final Jdbi jdbi;
    final Leases leases;
    final BookWriter writer;
    final MarketBoard board = new MarketBoard();
    final List<Execution> committed = new ArrayList<>();
    final ManualClock clock;

    WriterRig(TestDatabase database, String instance) {
        this(database, instance, new ManualClock(Instant.now()));
    }

    WriterRig(TestDatabase database, String instance, ManualClock clock) {
        this(database, instance, clock, new MarketHoursSettings(true, ZoneId.of("UTC"), null, null, null, null, null));
    }

    WriterRig(TestDatabase database, String instance, ManualClock clock, MarketHoursSettings hours) {
        this.clock = clock;
        jdbi = database.jdbi();
        Instruments instruments = new Instruments(
                jdbi,
                List.of(
                        new InstrumentSettings(
                                "ZQUIET", "Quiet", null, null, null, new BigDecimal("100"), null, null, null, false),
                        new InstrumentSettings(
                                "AAPL", "Apple", null, null, null, new BigDecimal("175"), null, null, null, true)));
        MarketCalendar calendar = new MarketCalendar(hours);
        leases = new Leases(
                jdbi, new LeaseSettings(Duration.milliseconds(600), Duration.milliseconds(200)), instruments, instance);
        Outbox outbox = new Outbox(TO_PORTFOLIOS);
        ExecutionFeed feed = new ExecutionFeed();
        feed.listen(committed::addAll);
        writer = new BookWriter(
                jdbi,
                leases,
                new BookLoader(jdbi, instruments, calendar, clock),
                new CommandHandler(instruments, calendar),
                new BatchStore(leases, outbox),
                outbox,
                board,
                feed,
                new WriterMetrics(new CollectorRegistry()),
                clock);
    }

    /** Takes the books that nobody owns, now and whenever it is called again. */
    WriterRig own() {
        leases.claim(URI.create("http://" + leases.hashCode()));
        return this;
    }

    /** Stores an order as the acceptance does. */
    Order store(Order order) {
        jdbi.useTransaction(tx -> TestOrders.store(tx, order));
        return order;
    }

    List<CommandOutcome> write(OrderCommand... commands) {
        return writer.write(Arrays.stream(commands).map(Submission::new).toList());
    }

    CommandOutcome place(Order order) {
        return write(OrderCommand.Place.fresh(store(order))).getFirst();
    }

    Order stored(UUID orderId) {
        return jdbi.withHandle(handle -> OrderStore.find(handle, orderId)).orElseThrow();
    }

    long count(String table) {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + table)
                .mapTo(Long.class)
                .one());
    }

    List<String> events() {
        return jdbi.withHandle(handle -> handle.createQuery("SELECT type FROM outbox ORDER BY id")
                .mapTo(String.class)
                .list());
    }
}
