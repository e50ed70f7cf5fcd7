package com.brokerx.orders.market;

import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import com.brokerx.orders.book.DepthLevel;
import com.brokerx.orders.trade.Trade;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;

/** Public market data: no token wanted. */
@Path("/api/v1/market_data")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "market data")
public final class MarketResource {

    private static final int DEFAULT_DEPTH = 10;
    private static final int MAXIMUM_DEPTH = 100;
    /** No trade is older or younger. */
    private static final Instant EARLIEST = Instant.parse("2000-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-01-01T00:00:00Z");

    /** The answer with one symbol's quote and book. */
    public record Market(Detail data) {}

    /**
     * One symbol in detail.
     *
     * @param orderbook the best levels of both sides
     */
    public record Detail(Quote quote, OrderBookView orderbook) {}

    /** Levels are pairs of price and quantity, best first. */
    public record OrderBookView(List<List<Object>> bids, List<List<Object>> asks, long sequence) {}

    private final Instruments instruments;
    private final MarketData market;
    private final MarketCalendar calendar;
    private final InstantSource clock;

    public MarketResource(Instruments instruments, MarketData market, MarketCalendar calendar, InstantSource clock) {
        this.instruments = instruments;
        this.market = market;
        this.calendar = calendar;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Quotes of all symbols, in the order of the symbols")
    public Page<Quote> quotes(@BeanParam PageRequest page) {
        LocalDate today = calendar.dayOf(clock.instant());
        return Page.ofAll(page, instruments.all(), Instrument::symbol)
                .map(instrument -> Quote.of(instrument, market.of(instrument), today));
    }

    @GET
    @Path("/{symbol}")
    @Operation(summary = "A symbol's quote and order book")
    public Market market(
            @PathParam("symbol") String symbol,
            @Parameter(description = "levels of each side, 1 to 100; 10 if left out") @QueryParam("depth")
                    Integer depth) {
        Instrument instrument = instrument(symbol);
        BookSnapshot book = market.of(instrument);
        int levels = checkedDepth(depth);
        Quote quote = Quote.of(instrument, book, calendar.dayOf(clock.instant()));
        return new Market(new Detail(
                quote,
                new OrderBookView(
                        levels(instrument, book.depth().bids(), levels),
                        levels(instrument, book.depth().asks(), levels),
                        book.depth().sequence())));
    }

    private static int checkedDepth(Integer depth) {
        if (depth == null) {
            return DEFAULT_DEPTH;
        }
        if (depth < 1 || depth > MAXIMUM_DEPTH) {
            throw refused("depth", "has to be from 1 to " + MAXIMUM_DEPTH);
        }
        return depth;
    }

    private static List<List<Object>> levels(Instrument instrument, List<DepthLevel> levels, int limit) {
        return levels.stream()
                .limit(limit)
                .map(level -> List.<Object>of(instrument.toPrice(level.ticks()), level.quantity()))
                .toList();
    }

    @GET
    @Path("/{symbol}/trades")
    @Operation(summary = "The tape: a symbol's last trades, newest first")
    public Page<PublicTrade> trades(@PathParam("symbol") String symbol, @BeanParam PageRequest page) {
        Instrument instrument = instrument(symbol);
        List<Trade> trades = market.trades(instrument, page.beforeNumber().orElse(Long.MAX_VALUE), page.limitPlusOne());
        return Page.of(page, trades, Trade::sequence).map(trade -> PublicTrade.of(trade, instrument));
    }

    @GET
    @Path("/{symbol}/bars")
    @Operation(summary = "Open, high, low, close and volume by interval, newest first; without a trade no bar")
    public Page<Bar> bars(
            @PathParam("symbol") String symbol,
            @Parameter(description = "1m, 5m, 1h or 1d (a day of the market); 1m if left out") @QueryParam("interval")
                    String interval,
            @Parameter(description = "RFC 3339; the first bar is the one that it falls into") @QueryParam("from")
                    String from,
            @Parameter(description = "RFC 3339; bars start before it") @QueryParam("to") String to,
            @BeanParam PageRequest page) {
        Instrument instrument = instrument(symbol);
        BarInterval length = BarInterval.find(interval == null ? "1m" : interval)
                .orElseThrow(() -> refused("interval", "has to be 1m, 5m, 1h or 1d"));
        Instant first = from == null ? EARLIEST : atSecond(time("from", from).getEpochSecond());
        Instant end = to == null ? LATEST : endSecond(time("to", to));
        Instant before = page.beforeNumber()
                .map(MarketResource::atSecond)
                .filter(end::isAfter)
                .orElse(end);
        List<Bar> bars = market.bars(instrument, length, first, before, page.limitPlusOne());
        return Page.of(page, bars, bar -> bar.start().getEpochSecond());
    }

    private static Instant time(String parameter, String value) {
        try {
            return Instant.parse(value);
        } catch (DateTimeParseException notATime) {
            throw refused(parameter, "has to be a time such as 2026-01-31T12:34:56Z");
        }
    }

    /** Rounded up: a bar that starts at a whole second starts before an end that is a fraction later. */
    private static Instant endSecond(Instant end) {
        return atSecond(end.getEpochSecond() + (end.getNano() == 0 ? 0 : 1));
    }

    /** Whole seconds are fine enough for bars. */
    private static Instant atSecond(long epochSecond) {
        return Instant.ofEpochSecond(Math.clamp(epochSecond, EARLIEST.getEpochSecond(), LATEST.getEpochSecond()));
    }

    private Instrument instrument(String symbol) {
        return instruments.find(symbol).orElseThrow(() -> Problem.of(
                        CommonCode.NOT_FOUND, "there is no symbol of that name")
                .asException());
    }

    private static ProblemException refused(String parameter, String message) {
        return Problem.ofField(CommonCode.VALIDATION_FAILED, parameter, message).asException();
    }
}
