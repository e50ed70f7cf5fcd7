package com.brokerx.portfolios.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.portfolios.reservation.ReservationRules.Decision;
import com.brokerx.portfolios.reservation.ReservationRules.Settled;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * An order's life, with its requests and trades in the order in which the book knows them, and its events delivered in any order: whatever
 * the order of arrival, a hold covers what is still to come, nothing but the hold is spent, and all of it is free in the end.
 */
class ReservationPropertyTest {

    private static final UUID ORDER = new UUID(0, 1);
    private static final UUID CLIENT = new UUID(0, 2);
    private static final long ACCOUNT = 7;
    private static final int LONGEST_LIFE = 25;

    /** An event under way from the book to the ledger. */
    private sealed interface Event {
        record Traded(long amount, int version, long authorizedAfter) implements Event {}

        record Closed(long settledTotal) implements Event {}
    }

    @Property(tries = 2000)
    void endsRightHoweverLateAndShuffledItsEventsCome(@ForAll long seed) {
        Life life = new Life(new Random(seed));
        for (int i = 0; i < LONGEST_LIFE; i++) {
            life.step();
            life.check();
        }
        life.close();
        while (!life.underWay.isEmpty()) {
            life.deliver();
            life.check();
        }
        assertThat(life.reservation.isEnded()).isTrue();
        assertThat(life.reservation.settled()).isEqualTo(life.spent);
        assertThat(life.available + life.spent).isEqualTo(life.funds);
    }

    /** What the orders service knows on one side, what the ledger knows on the other. */
    private static final class Life {
        private final Random random;
        private final long funds;
        private final List<Event> underWay = new ArrayList<>();
        private Reservation reservation;
        private long available;
        private int version = 1;
        private long limit;
        private long spent;

        Life(Random random) {
            this.random = random;
            this.funds = 1 + random.nextLong(1000);
            this.available = funds;
            this.limit = 1 + random.nextLong(funds);
            reserve();
        }

        void step() {
            switch (random.nextInt(4)) {
                case 0 -> trade();
                case 1 -> replace();
                default -> deliver();
            }
        }

        private void trade() {
            if (limit == spent) {
                return;
            }
            long amount = 1 + random.nextLong(limit - spent);
            spent += amount;
            limit -= random.nextLong(limit - spent + 1);
            underWay.add(new Event.Traded(amount, version, limit));
        }

        /** The amount of a replace counts what was spent, whether or not the ledger has heard of it. */
        private void replace() {
            long before = limit;
            version++;
            limit = Math.max(1, spent + random.nextLong(funds + 1));
            if (!reserve()) {
                version--;
                limit = before;
            }
        }

        private boolean reserve() {
            var decision = ReservationRules.reserve(
                    Optional.ofNullable(reservation),
                    new ReserveOrder(CLIENT, ORDER, "USD", limit, version),
                    ACCOUNT,
                    available);
            if (decision instanceof Decision.Hold(Reservation held, long delta)) {
                reservation = held;
                available -= delta;
                return true;
            }
            assertThat(decision).isInstanceOf(Decision.Short.class);
            return false;
        }

        void close() {
            underWay.add(new Event.Closed(spent));
        }

        void deliver() {
            if (underWay.isEmpty()) {
                return;
            }
            switch (underWay.remove(random.nextInt(underWay.size()))) {
                case Event.Traded(long amount, int at, long authorizedAfter) -> {
                    Settled settled = ReservationRules.settle(reservation, amount, at, authorizedAfter);
                    assertThat(settled.fromAvailable()).isZero();
                    assertThat(settled.surplus()).isNotNegative();
                    reservation = settled.reservation();
                    available += settled.surplus();
                }
                case Event.Closed(long settledTotal) -> {
                    var freed = ReservationRules.close(reservation, settledTotal);
                    assertThat(freed.freed()).isNotNegative();
                    reservation = freed.reservation();
                    available += freed.freed();
                }
            }
        }

        void check() {
            long stillToCome = underWay.stream()
                    .mapToLong(event -> event instanceof Event.Traded traded ? traded.amount() : 0)
                    .sum();
            assertThat(reservation.held()).isGreaterThanOrEqualTo(stillToCome);
            assertThat(available + reservation.held() + reservation.settled()).isEqualTo(funds);
            assertThat(available).isNotNegative();
        }
    }
}
