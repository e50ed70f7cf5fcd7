package com.brokerx.orders.writer;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.orders.book.TimeInForce;
import com.brokerx.orders.order.Direction;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderCode;
import com.brokerx.orders.order.Terms;
import com.brokerx.orders.order.TestOrders;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CommandCodecTest {

    private static final Order ORDER = TestOrders.pending(UUID.randomUUID(), Direction.BUY, 5, 10_000);
    private static final HoldChange HOLD =
            new HoldChange(UUID.randomUUID(), ORDER.id(), "ZQUIET", HoldChange.Stage.RAISING, 2, 50_000, true);

    static Stream<OrderCommand.OfOrder> commands() {
        return Stream.of(
                OrderCommand.Place.again(ORDER),
                new OrderCommand.Cancel(ORDER.id(), "ZQUIET", 3),
                new OrderCommand.Cancel(ORDER.id(), "ZQUIET", null),
                new OrderCommand.Cancel(ORDER.id(), "ZQUIET", null, "the connection was lost"),
                new OrderCommand.Replace(
                        ORDER.id(), "ZQUIET", new Terms(6, 9_000, 8_900, TimeInForce.DAY, Instant.EPOCH), HOLD, 4),
                OrderCommand.SettleHold.of(HOLD));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void aCommandArrivesAsItWasSent(OrderCommand.OfOrder command) {
        assertThat(CommandCodec.decode(CommandCodec.encode(command))).isEqualTo(command);
    }

    static Stream<CommandOutcome> outcomes() {
        return Stream.of(
                new CommandOutcome.Done(ORDER),
                new CommandOutcome.Refused(ORDER, OrderCode.INVALID_STATE),
                new CommandOutcome.Conflict(ORDER),
                new CommandOutcome.NotFound(),
                new CommandOutcome.NotOwner(),
                new CommandOutcome.Undecided());
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void anOutcomeArrivesAsItWasSent(CommandOutcome outcome) {
        assertThat(CommandCodec.decode(CommandCodec.encode(outcome), ORDER)).isEqualTo(outcome);
    }
}
