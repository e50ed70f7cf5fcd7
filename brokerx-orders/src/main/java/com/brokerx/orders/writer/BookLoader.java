package com.brokerx.orders.writer;

import com.brokerx.orders.book.BookState;
import com.brokerx.orders.book.OrderBook;
import com.brokerx.orders.book.RestingOrder;
import com.brokerx.orders.market.BarStore;
import com.brokerx.orders.market.DayStatistics;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderMapper;
import com.brokerx.orders.trade.Trade;
import com.brokerx.orders.trade.TradeStore;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.postgresql.PGStatement;

/** Rebuilds a book from what is stored: the open orders with their places, the last trade, and the day's bars. */
final class BookLoader {

    /** Sequences of a book in a later epoch are above all those of an earlier one. */
    private static final long SEQUENCES_OF_AN_EPOCH = 1_000_000_000_000L;

    private static final int FETCH_SIZE = 5_000;

    /** Rows come in binary from the first one on: to read a hundred thousand as text takes twice the time. */
    private static final StatementCustomizer BINARY = new StatementCustomizer() {
        @Override
        public void beforeExecution(PreparedStatement statement, StatementContext context) throws SQLException {
            statement.unwrap(PGStatement.class).setPrepareThreshold(-1);
        }
    };

    private record Stored(Order order, long priority) {}

    private record Found(List<Stored> orders, Optional<Trade> lastTrade, DayStatistics statistics) {}

    private final Jdbi jdbi;
    private final Instruments instruments;
    private final MarketCalendar calendar;
    private final InstantSource clock;

    BookLoader(Jdbi jdbi, Instruments instruments, MarketCalendar calendar, InstantSource clock) {
        this.jdbi = jdbi;
        this.instruments = instruments;
        this.calendar = calendar;
        this.clock = clock;
    }

    SymbolBook load(String symbol, long epoch, long lastSequence) {
        Instrument instrument = instruments.get(symbol);
        // To build a large book takes time, which a transaction must not stand still for.
        Found found = jdbi.inTransaction(tx -> new Found(
                openOrders(tx, symbol),
                TradeStore.ofSymbol(tx, symbol, Long.MAX_VALUE, 1).stream().findFirst(),
                BarStore.dayStatistics(tx, instrument, calendar, clock.instant())));
        BookState state = new BookState(
                found.orders().stream()
                        .map(stored -> resting(stored, instrument))
                        .toList(),
                found.lastTrade().map(Trade::priceTicks).orElse(0L),
                found.lastTrade().map(Trade::sequence).orElse(0L),
                0,
                Math.max(lastSequence + 1, epoch * SEQUENCES_OF_AN_EPOCH));
        return new SymbolBook(
                epoch,
                OrderBook.restore(symbol, state),
                found.orders().stream().map(Stored::order).toList(),
                found.statistics(),
                found.lastTrade().map(Trade::executedAt).orElse(Instant.EPOCH));
    }

    private static List<Stored> openOrders(Handle tx, String symbol) {
        OrderMapper mapper = new OrderMapper();
        return new ArrayList<>(tx.createQuery("""
                        SELECT o.*, p.priority FROM open_orders p JOIN orders o ON o.id = p.order_id
                        WHERE p.symbol = :symbol""")
                .bind("symbol", symbol)
                .setFetchSize(FETCH_SIZE)
                .addCustomizer(BINARY)
                .map((row, context) -> new Stored(mapper.map(row, context), row.getLong("priority")))
                .list());
    }

    private static RestingOrder resting(Stored stored, Instrument instrument) {
        Order order = stored.order();
        return new RestingOrder(
                order.id(),
                order.clientId(),
                order.ticket().direction().side(),
                order.ticket().type().kind(),
                order.state().limitTicks(),
                order.state().quantity(),
                order.state().leaves(),
                order.terms().timeInForce(),
                order.ticket().postOnly(),
                order.state().armedAtTicks(),
                order.collarPpm(instrument),
                stored.priority());
    }
}
