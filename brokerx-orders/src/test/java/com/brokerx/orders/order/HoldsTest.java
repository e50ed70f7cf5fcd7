package com.brokerx.orders.order;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.TestInstruments;
import java.time.Instant;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class HoldsTest {

    private static final Instrument ZQUIET = TestInstruments.quiet();
    private static final Instant NOW = Instant.EPOCH;
    private static final UUID CLIENT = UUID.randomUUID();

    private static Order open(Direction direction, long quantity, long limitTicks, int feePpm) {
        Order order = TestOrders.pending(CLIENT, direction, quantity, limitTicks, feePpm);
        return order.with(order.state().resting(NOW));
    }

    private static Order traded(Order order, long quantity, long ticks) {
        return order.with(order.state().traded(quantity, ZQUIET.cost(ticks, quantity), NOW));
    }

    @Test
    void aBuyHoldsItsLimitTimesWhatIsLeft() {
        Order order = open(Direction.BUY, 10, 10_000, 0);

        assertThat(Holds.held(order, ZQUIET)).isEqualTo(100_000);
        assertThat(Holds.held(traded(order, 4, 9_000), ZQUIET)).isEqualTo(60_000);
    }

    @Test
    void aBuyHoldsTheExpectedFeeRoundedUp() {
        Order order = open(Direction.BUY, 1, 10_001, 100);

        assertThat(Holds.authorized(order, ZQUIET)).isEqualTo(10_003);
    }

    @Test
    void aSellHoldsShares() {
        Order order = traded(open(Direction.SELL, 10, 10_000, 2_000), 3, 10_000);

        assertThat(Holds.authorized(order, ZQUIET)).isEqualTo(10);
        assertThat(Holds.held(order, ZQUIET)).isEqualTo(7);
    }

    @Test
    void anOrderThatEndedHoldsNothing() {
        Order order = traded(open(Direction.BUY, 10, 10_000, 2_000), 3, 10_000);
        Order cancelled = order.with(order.state().ended(OrderStatus.CANCELLED, null, NOW));

        assertThat(Holds.held(cancelled, ZQUIET)).isZero();
        assertThat(Holds.authorized(cancelled, ZQUIET)).isEqualTo(Holds.spent(order));
    }

    @Property
    void roundedFeesOfManyTradesNeverExceedWhatIsReserved(
            @ForAll @IntRange(max = 100_000) int feePpm,
            @ForAll @LongRange(min = 1, max = 20_000) long limitTicks,
            @ForAll @Size(min = 1, max = 30) java.util.List<@IntRange(min = 1, max = 50) Integer> fills) {
        Order order =
                open(Direction.BUY, fills.stream().mapToLong(Integer::longValue).sum(), limitTicks, feePpm);
        long authorized = Holds.authorized(order, ZQUIET);
        for (int fill : fills) {
            order = traded(order, fill, limitTicks);
            assertThat(Holds.authorized(order, ZQUIET)).isLessThanOrEqualTo(authorized);
            assertThat(Holds.held(order, ZQUIET)).isNotNegative();
            authorized = Holds.authorized(order, ZQUIET);
        }
        assertThat(Holds.held(order, ZQUIET)).isZero();
    }

    @Property
    void whatIsReservedForAReplaceCoversItWhateverTradesBefore(
            @ForAll @IntRange(max = 50_000) int feePpm,
            @ForAll @LongRange(min = 1, max = 10_000) long oldLimit,
            @ForAll @LongRange(min = 1, max = 10_000) long newLimit,
            @ForAll @LongRange(min = 2, max = 1_000) long oldQuantity,
            @ForAll @LongRange(min = 1, max = 1_000) long newQuantity,
            @ForAll @LongRange(min = 0, max = 999) long traded) {
        Order order = open(Direction.BUY, oldQuantity, oldLimit, feePpm);
        Terms terms = new Terms(newQuantity, newLimit, 0, TimeInForce.GTC, null);
        long reserved = Holds.authorizedWhileReplaced(order, terms, ZQUIET);

        long before = Math.min(traded, Math.min(oldQuantity - 1, newQuantity - 1));
        Order meanwhile = before == 0 ? order : traded(order, before, oldLimit);
        Order replaced = meanwhile.with(meanwhile.state().replaced(terms, NOW));

        assertThat(Holds.authorized(replaced, ZQUIET)).isLessThanOrEqualTo(reserved);
    }
}
