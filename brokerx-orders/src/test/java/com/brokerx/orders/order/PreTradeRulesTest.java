package com.brokerx.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.book.Depth;
import com.brokerx.orders.book.DepthLevel;
import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.DayStatistics;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.InstrumentStatus;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketHoursSettings;
import com.brokerx.orders.market.TestInstruments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PreTradeRulesTest {

    private static final Instant MONDAY_NOON = Instant.parse("2026-01-05T17:00:00Z");
    private static final Instrument ZQUIET = TestInstruments.quiet();
    private static final LimitSettings LIMITS =
            new LimitSettings(1_000_000L, new BigDecimal("1000000"), null, null, null, BigDecimal.valueOf(5), null);

    private static final PreTradeRules RULES = new PreTradeRules(
            LIMITS, new MarketCalendar(new MarketHoursSettings(true, ZoneId.of("UTC"), null, null, null, null, null)));

    private static BookSnapshot market(List<DepthLevel> bids, List<DepthLevel> asks) {
        return new BookSnapshot(
                "ZQUIET",
                1,
                new Depth(bids, asks, 1),
                2,
                DayStatistics.opening(LocalDate.parse("2026-01-05"), 10_000),
                MONDAY_NOON);
    }

    private static final BookSnapshot EMPTY = market(List.of(), List.of());
    private static final BookSnapshot QUOTED =
            market(List.of(new DepthLevel(9_990, 5, 1)), List.of(new DepthLevel(10_010, 5, 1)));

    private static PlaceOrder limit(long quantity, String price, TimeInForce timeInForce) {
        return PlaceOrder.limit("ZQUIET", Direction.BUY, quantity, new BigDecimal(price), timeInForce);
    }

    private static PlaceOrder market(Direction direction, String price) {
        return order(OrderType.MARKET, direction, price, null);
    }

    private static PlaceOrder order(OrderType type, Direction direction, String price, String stopPrice) {
        return new PlaceOrder(
                "ZQUIET",
                direction,
                type,
                1L,
                price == null ? null : new BigDecimal(price),
                stopPrice == null ? null : new BigDecimal(stopPrice),
                null,
                null,
                null,
                null);
    }

    private static Verdict check(PlaceOrder order) {
        return RULES.check(order, ZQUIET, EMPTY, MONDAY_NOON);
    }

    private static OrderCode unusable(Verdict verdict) {
        return (OrderCode) ((Verdict.Unusable) verdict).problem().code();
    }

    @Test
    void anOrdinaryLimitOrderFitsAndExpiresWithItsDay() {
        Verdict verdict = check(limit(10, "99.50", null));

        assertThat(verdict)
                .isEqualTo(new Verdict.Fit(
                        new Terms(10, 9_950, 0, TimeInForce.DAY, Instant.parse("2026-01-06T00:00:00Z"))));
    }

    @Test
    void onlyDayOrdersExpire() {
        assertThat(check(limit(10, "99.50", TimeInForce.GTC)))
                .isEqualTo(new Verdict.Fit(new Terms(10, 9_950, 0, TimeInForce.GTC, null)));
    }

    @ParameterizedTest
    @CsvSource({
        "0,100.00,INVALID_QUANTITY",
        "-1,100.00,INVALID_QUANTITY",
        "1000001,100.00,INVALID_QUANTITY",
        "1,0.00,INVALID_PRICE",
        "1,-5,INVALID_PRICE",
        "1,100.001,PRICE_OFF_TICK"
    })
    void whatIsNoOrderIsNotKept(long quantity, String price, OrderCode code) {
        assertThat(unusable(check(limit(quantity, price, null)))).isEqualTo(code);
    }

    @Test
    void quantitiesAreMultiplesOfTheLot() {
        Instrument hundreds = TestInstruments.with(InstrumentStatus.TRADING, "0.01", 100);

        Verdict verdict = RULES.check(limit(150, "100.00", null), hundreds, EMPTY, MONDAY_NOON);

        assertThat(unusable(verdict)).isEqualTo(OrderCode.INVALID_QUANTITY);
    }

    @Test
    void aLimitOrderNeedsAPriceAndAMarketOrderMustNotHaveOne() {
        PlaceOrder limit = PlaceOrder.limit("ZQUIET", Direction.BUY, 1, null, null);

        assertThat(unusable(check(limit))).isEqualTo(OrderCode.INVALID_PRICE);
        assertThat(unusable(check(market(Direction.BUY, "1.00")))).isEqualTo(OrderCode.INVALID_PRICE);
    }

    @ParameterizedTest
    @CsvSource({"79.99,PRICE_OUTSIDE_BAND,1", "120.01,PRICE_OUTSIDE_BAND,1", "100.01,NOTIONAL_LIMIT_EXCEEDED,10000"})
    void refusalsOfTheMarketAreKept(String price, OrderCode code, long quantity) {
        Verdict verdict = check(limit(quantity, price, null));

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Refused.class, refused -> assertThat(refused.code())
                .isEqualTo(code));
    }

    @ParameterizedTest
    @EnumSource(
            value = InstrumentStatus.class,
            names = {"HALTED", "CANCEL_ONLY"})
    void aHaltIsToldBeforeAnythingElseOfTheMarket(InstrumentStatus status) {
        Instrument halted = TestInstruments.with(status, "0.01", 1);

        Verdict verdict = RULES.check(limit(1, "1000.00", null), halted, EMPTY, MONDAY_NOON);

        assertThat(((Verdict.Refused) verdict).code()).isEqualTo(OrderCode.SYMBOL_HALTED);
    }

    @Test
    void noOrdersOutsideMarketHours() {
        PreTradeRules withHours = new PreTradeRules(
                LIMITS, new MarketCalendar(new MarketHoursSettings(false, null, null, null, null, null, null)));
        Instant sunday = Instant.parse("2026-01-04T17:00:00Z");

        Verdict closed = withHours.check(limit(1, "100.00", null), ZQUIET, EMPTY, sunday);
        Verdict open = withHours.check(limit(1, "100.00", null), ZQUIET, EMPTY, MONDAY_NOON);

        assertThat(((Verdict.Refused) closed).code()).isEqualTo(OrderCode.MARKET_CLOSED);
        assertThat(open).isInstanceOf(Verdict.Fit.class);
    }

    @Test
    void aMarketOrderIsCollaredAroundTheBestPrice() {
        Verdict buy = RULES.check(market(Direction.BUY, null), ZQUIET, QUOTED, MONDAY_NOON);
        Verdict sell = RULES.check(market(Direction.SELL, null), ZQUIET, QUOTED, MONDAY_NOON);

        assertThat(((Verdict.Fit) buy).terms().limitTicks()).isEqualTo(10_510);
        assertThat(((Verdict.Fit) sell).terms().limitTicks()).isEqualTo(9_491);
    }

    @Test
    void aMarketOrderWithoutAnOtherSideIsRefused() {
        assertThat(((Verdict.Refused) check(market(Direction.BUY, null))).code())
                .isEqualTo(OrderCode.NO_LIQUIDITY);
    }

    private static final Instant TOMORROW = MONDAY_NOON.plus(Duration.ofDays(1));

    /** A field that does not go with the others, each with its own code. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "LIMIT,100.00,99.00,DAY,-,false,INVALID_STOP_PRICE",
                "MARKET,-,99.00,DAY,-,false,INVALID_STOP_PRICE",
                "STOP,-,-,DAY,-,false,INVALID_STOP_PRICE",
                "STOP,-,0,DAY,-,false,INVALID_STOP_PRICE",
                "STOP,-,-1,DAY,-,false,INVALID_STOP_PRICE",
                "STOP,-,99.001,DAY,-,false,PRICE_OFF_TICK",
                "STOP,-,1000000.01,DAY,-,false,INVALID_STOP_PRICE",
                "STOP,100.00,99.00,DAY,-,false,INVALID_PRICE",
                "STOP_LIMIT,-,99.00,DAY,-,false,INVALID_PRICE",
                "STOP_LIMIT,100.00,-,DAY,-,false,INVALID_STOP_PRICE",
                "STOP,-,99.00,IOC,-,false,INVALID_TIME_IN_FORCE",
                "STOP_LIMIT,100.00,99.00,FOK,-,false,INVALID_TIME_IN_FORCE",
                "MARKET,-,-,GTD,2026-01-06T17:00:00Z,false,INVALID_TIME_IN_FORCE",
                "LIMIT,100.00,-,GTD,-,false,INVALID_EXPIRY",
                "LIMIT,100.00,-,GTD,2026-01-05T17:00:00Z,false,INVALID_EXPIRY",
                "LIMIT,100.00,-,GTD,2027-01-05T17:00:01Z,false,INVALID_EXPIRY",
                "LIMIT,100.00,-,GTC,2026-01-06T17:00:00Z,false,INVALID_EXPIRY",
                "LIMIT,100.00,-,IOC,-,true,INVALID_POST_ONLY",
                "MARKET,-,-,DAY,-,true,INVALID_POST_ONLY",
                "STOP,-,99.00,DAY,-,true,INVALID_POST_ONLY"
            })
    void fieldsHaveToGoTogether(
            OrderType type,
            BigDecimal price,
            BigDecimal stopPrice,
            TimeInForce timeInForce,
            Instant expiresAt,
            boolean postOnly,
            OrderCode code) {
        PlaceOrder order = new PlaceOrder(
                "ZQUIET", Direction.BUY, type, 1L, price, stopPrice, timeInForce, expiresAt, postOnly, null);

        assertThat(unusable(check(order))).isEqualTo(code);
    }

    @Test
    void aStopOrderIsCollaredAroundItsStopPrice() {
        Verdict buy = check(order(OrderType.STOP, Direction.BUY, null, "110.00"));
        Verdict sell = check(order(OrderType.STOP, Direction.SELL, null, "90.00"));

        assertThat(((Verdict.Fit) buy).terms().limitTicks()).isEqualTo(11_550);
        assertThat(((Verdict.Fit) buy).terms().stopTicks()).isEqualTo(11_000);
        assertThat(((Verdict.Fit) sell).terms().limitTicks()).isEqualTo(8_550);
    }

    /** It will trade near its stop price, wherever the market is today. */
    @Test
    void theBandOfAStopLimitOrderLiesAroundItsStopPrice() {
        Verdict far = check(order(OrderType.STOP_LIMIT, Direction.BUY, "150.00", "145.00"));
        Verdict apart = check(order(OrderType.STOP_LIMIT, Direction.BUY, "110.00", "145.00"));

        assertThat(far).isInstanceOf(Verdict.Fit.class);
        assertThat(((Verdict.Refused) apart).code()).isEqualTo(OrderCode.PRICE_OUTSIDE_BAND);
    }

    /** It stands in the market from the start. */
    @Test
    void theBandOfAnOcoOrderLiesAroundTheLastPrice() {
        Verdict near = check(order(OrderType.OCO, Direction.SELL, "110.00", "90.00"));
        Verdict far = check(order(OrderType.OCO, Direction.SELL, "170.00", "145.00"));

        assertThat(((Verdict.Fit) near).terms().limitTicks()).isEqualTo(11_000);
        assertThat(((Verdict.Fit) near).terms().stopTicks()).isEqualTo(9_000);
        assertThat(((Verdict.Refused) far).code()).isEqualTo(OrderCode.PRICE_OUTSIDE_BAND);
    }

    @Test
    void anOcoOrderSellsAndItsPriceIsAboveItsStopPrice() {
        assertThat(unusable(check(order(OrderType.OCO, Direction.BUY, "90.00", "110.00"))))
                .isEqualTo(OrderCode.INVALID_ORDER_TYPE);
        assertThat(unusable(check(order(OrderType.OCO, Direction.SELL, "90.00", "90.00"))))
                .isEqualTo(OrderCode.INVALID_STOP_PRICE);
        assertThat(unusable(check(order(OrderType.OCO, Direction.SELL, "90.00", null))))
                .isEqualTo(OrderCode.INVALID_STOP_PRICE);
        assertThat(unusable(check(order(OrderType.OCO, Direction.SELL, null, "90.00"))))
                .isEqualTo(OrderCode.INVALID_PRICE);
    }

    @Test
    void aDatedOrderExpiresWhenItSays() {
        PlaceOrder dated = new PlaceOrder(
                "ZQUIET",
                Direction.BUY,
                OrderType.LIMIT,
                1L,
                new BigDecimal("100.00"),
                null,
                TimeInForce.GTD,
                TOMORROW,
                null,
                null);

        assertThat(check(dated)).isEqualTo(new Verdict.Fit(new Terms(1, 10_000, 0, TimeInForce.GTD, TOMORROW)));
    }

    private static Order armed() {
        Order order = TestOrders.pending(UUID.randomUUID(), Direction.BUY, 10, 11_000);
        Ticket limit = order.ticket();
        Ticket stop = new Ticket(
                limit.id(),
                limit.clientId(),
                "ZQUIET",
                Direction.BUY,
                OrderType.STOP_LIMIT,
                false,
                0,
                null,
                null,
                null,
                "request",
                MONDAY_NOON);
        return new Order(stop, OrderState.pending(new Terms(10, 11_000, 10_500, TimeInForce.GTC, null), MONDAY_NOON));
    }

    @Test
    void aStopPriceMayBeReplacedUntilItIsReached() {
        ReplaceOrder wanted = new ReplaceOrder(null, null, new BigDecimal("104.00"), null, null, null);
        Order triggered = armed().with(armed().state().triggered(MONDAY_NOON));

        Verdict waiting = RULES.checkReplace(armed(), wanted, ZQUIET, EMPTY, MONDAY_NOON);
        Verdict late = RULES.checkReplace(triggered, wanted, ZQUIET, EMPTY, MONDAY_NOON);

        assertThat(waiting).isEqualTo(new Verdict.Fit(new Terms(10, 11_000, 10_400, TimeInForce.GTC, null)));
        assertThat(unusable(late)).isEqualTo(OrderCode.INVALID_STOP_PRICE);
    }

    @Test
    void aReplacementMayMakeAnOrderDatedAndMoveItsDate() {
        Order order = TestOrders.pending(UUID.randomUUID(), Direction.BUY, 10, 10_000);
        ReplaceOrder dated = new ReplaceOrder(null, null, null, TimeInForce.GTD, TOMORROW, null);
        Instant later = TOMORROW.plusSeconds(60);

        Terms once = ((Verdict.Fit) RULES.checkReplace(order, dated, ZQUIET, EMPTY, MONDAY_NOON)).terms();
        Order replaced = order.with(order.state().replaced(once, MONDAY_NOON));
        Verdict twice = RULES.checkReplace(
                replaced, new ReplaceOrder(null, null, null, null, later, null), ZQUIET, EMPTY, MONDAY_NOON);

        assertThat(once.expiresAt()).isEqualTo(TOMORROW);
        assertThat(((Verdict.Fit) twice).terms().expiresAt()).isEqualTo(later);
        assertThat(((Verdict.Fit) twice).terms().timeInForce()).isEqualTo(TimeInForce.GTD);
    }

    @Test
    void aReplacementMayNotGoBelowWhatIsFilled() {
        Order order = TestOrders.pending(UUID.randomUUID(), Direction.BUY, 10, 10_000);
        Order half = order.with(order.state().traded(5, 50_000, MONDAY_NOON));

        Verdict five = RULES.checkReplace(half, ReplaceOrder.to(5, null), ZQUIET, EMPTY, MONDAY_NOON);
        Verdict six = RULES.checkReplace(half, ReplaceOrder.to(6, null), ZQUIET, EMPTY, MONDAY_NOON);

        assertThat(unusable(five)).isEqualTo(OrderCode.INVALID_QUANTITY);
        assertThat(six).isEqualTo(new Verdict.Fit(new Terms(6, 10_000, 0, TimeInForce.GTC, null)));
    }

    @ParameterizedTest
    @CsvSource({"5,,true", "10,70.00,true", "5,71.00,false", "11,,false"})
    void lessAtTheSamePriceIsNotAskedWhereTheMarketHasGone(Long quantity, String price, boolean fits) {
        Order order = TestOrders.pending(UUID.randomUUID(), Direction.BUY, 10, 7_000);
        ReplaceOrder wanted =
                new ReplaceOrder(quantity, price == null ? null : new BigDecimal(price), null, null, null, null);

        Verdict verdict = RULES.checkReplace(order, wanted, ZQUIET, EMPTY, MONDAY_NOON);

        if (fits) {
            assertThat(verdict).isInstanceOf(Verdict.Fit.class);
        } else {
            assertThat(((Verdict.Refused) verdict).code()).isEqualTo(OrderCode.PRICE_OUTSIDE_BAND);
        }
    }
}
