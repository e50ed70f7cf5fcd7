package com.brokerx.orders.book;

import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ArbitrarySupplier;
import net.jqwik.api.Combinators;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.Tuple;

/**
 * Random streams of commands for a narrow market: few prices, clients and order ids, so that orders meet, queue up, belong to one
 * client, are named twice and are gone already.
 */
final class BookCommands implements ArbitrarySupplier<List<BookCommand>> {

    static final int LONGEST = 150;

    private static final int CLIENTS = 4;
    private static final int ORDER_IDS = 50;
    /** Three ticks or so. */
    private static final int COLLAR_PPM = 33_000;

    @Override
    public Arbitrary<List<BookCommand>> get() {
        return commands().list().ofMaxSize(LONGEST).withSizeDistribution(RandomDistribution.uniform());
    }

    private static Arbitrary<BookCommand> commands() {
        return Arbitraries.frequencyOf(
                Tuple.of(12, placements()),
                Tuple.of(2, orderIds().map(BookCommand.Cancel::new)),
                Tuple.of(1, orderIds().map(BookCommand.Expire::new)),
                Tuple.of(4, replacements()));
    }

    private static Arbitrary<BookCommand.Place> placements() {
        Arbitrary<UUID> clients = Arbitraries.integers().between(1, CLIENTS).map(n -> new UUID(1, n));
        return Combinators.combine(
                        orderIds(),
                        clients,
                        Arbitraries.of(Side.class),
                        kinds(),
                        ticks(),
                        quantities(),
                        stops(),
                        Arbitraries.of(TimeInForce.class))
                .as((orderId, client, side, kind, ticks, quantity, stop, timeInForce) -> new BookCommand.Place(
                        orderId,
                        client,
                        side,
                        kind == Kind.MARKET ? OrderKind.MARKET : OrderKind.LIMIT,
                        ticks,
                        quantity,
                        kind == Kind.MARKET || kind == Kind.ANY_LIMIT ? timeInForce : TimeInForce.GTC,
                        kind == Kind.POST_ONLY,
                        stop,
                        kind == Kind.LINKED && stop > 0 ? COLLAR_PPM : 0));
    }

    private static Arbitrary<BookCommand.Replace> replacements() {
        return Combinators.combine(
                        orderIds(),
                        quantities(),
                        ticks(),
                        Arbitraries.frequencyOf(
                                Tuple.of(4, Arbitraries.just(TimeInForce.GTC)),
                                Tuple.of(1, Arbitraries.of(TimeInForce.class))),
                        stops())
                .as((orderId, quantity, ticks, timeInForce, stop) ->
                        new BookCommand.Replace(orderId, quantity, ticks, timeInForce, stop));
    }

    private enum Kind {
        RESTING,
        POST_ONLY,
        MARKET,
        ANY_LIMIT,
        /** One cancels the other, where it has a stop price. */
        LINKED
    }

    private static Arbitrary<Kind> kinds() {
        return Arbitraries.frequency(
                Tuple.of(6, Kind.RESTING),
                Tuple.of(3, Kind.ANY_LIMIT),
                Tuple.of(2, Kind.MARKET),
                Tuple.of(2, Kind.LINKED),
                Tuple.of(1, Kind.POST_ONLY));
    }

    private static Arbitrary<Long> stops() {
        return Arbitraries.frequencyOf(Tuple.of(4, Arbitraries.just(0L)), Tuple.of(1, ticks()));
    }

    private static Arbitrary<Long> ticks() {
        return Arbitraries.longs().between(96, 104);
    }

    private static Arbitrary<Long> quantities() {
        return Arbitraries.longs().between(1, 12);
    }

    private static Arbitrary<UUID> orderIds() {
        return Arbitraries.integers().between(1, ORDER_IDS).map(n -> new UUID(2, n));
    }
}
