package com.brokerx.portfolios.reservation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.portfolios.ledger.LedgerException;
import com.brokerx.portfolios.reservation.ReservationRules.Decision;
import com.brokerx.portfolios.reservation.ReservationRules.Release;
import com.brokerx.portfolios.reservation.ReservationRules.Settled;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ReservationRulesTest {

    private static final UUID ORDER = new UUID(0, 1);
    private static final UUID CLIENT = new UUID(0, 2);
    private static final long ACCOUNT = 7;
    private static final Reservation HUNDRED = Reservation.first(ORDER, CLIENT, ACCOUNT, "USD", 1, 100);

    private static ReserveOrder order(int version, long amount) {
        return new ReserveOrder(CLIENT, ORDER, "USD", amount, version);
    }

    private static Decision reserve(Reservation current, int version, long amount, long available) {
        return ReservationRules.reserve(Optional.ofNullable(current), order(version, amount), ACCOUNT, available);
    }

    @Test
    void holdsWhatIsThere() {
        assertThat(reserve(null, 1, 100, 100)).isEqualTo(new Decision.Hold(HUNDRED, 100));
    }

    @Test
    void isShortByOneUnit() {
        assertThat(reserve(null, 1, 101, 100)).isEqualTo(new Decision.Short(1));
    }

    @Test
    void replaysTheSameVersionWhateverAmountComesWithIt() {
        assertThat(reserve(HUNDRED, 1, 100, 0)).isEqualTo(new Decision.Replay(HUNDRED));
        assertThat(reserve(HUNDRED, 1, 5000, 5000)).isEqualTo(new Decision.Replay(HUNDRED));
    }

    @Test
    void movesTheHoldWithANewerVersion() {
        assertThat(reserve(HUNDRED, 2, 130, 30)).isEqualTo(new Decision.Hold(HUNDRED.authorizing(2, 130), 30));
        assertThat(reserve(HUNDRED, 2, 60, 0)).isEqualTo(new Decision.Hold(HUNDRED.authorizing(2, 60), -40));
    }

    @Test
    void keepsTheHoldWhenANewerVersionCannotBePaid() {
        assertThat(reserve(HUNDRED, 2, 131, 30)).isEqualTo(new Decision.Short(1));
    }

    @Test
    void neverAuthorizesLessThanWasSpent() {
        Reservation spent = HUNDRED.settling(100, 70);
        assertThat(reserve(spent, 2, 50, 0)).isEqualTo(new Decision.Hold(spent.authorizing(2, 70), -30));
    }

    @Test
    void refusesWhatIsOlderOrOverOrSomebodyElses() {
        assertThat(reserve(HUNDRED.authorizing(3, 100), 2, 100, 1000)).isInstanceOf(Decision.Stale.class);
        assertThat(reserve(HUNDRED.closing(0), 2, 100, 1000)).isInstanceOf(Decision.Stale.class);
        assertThat(reserve(HUNDRED.closing(0), 1, 100, 1000)).isInstanceOf(Decision.Stale.class);
        assertThat(reserve(Reservation.tombstone(ORDER, CLIENT, "USD"), 1, 100, 1000))
                .isInstanceOf(Decision.Stale.class);
        var stranger = new ReserveOrder(new UUID(9, 9), ORDER, "USD", 100, 2);
        assertThat(ReservationRules.reserve(Optional.of(HUNDRED), stranger, 8, 1000))
                .isInstanceOf(Decision.Stale.class);
        var otherAsset = new ReserveOrder(CLIENT, ORDER, "AAPL", 100, 2);
        assertThat(ReservationRules.reserve(Optional.of(HUNDRED), otherAsset, 8, 1000))
                .isInstanceOf(Decision.Stale.class);
    }

    @Test
    void freesWhatABetterPriceSaved() {
        Settled settled = ReservationRules.settle(HUNDRED, 40, 1, 90);

        assertThat(settled).isEqualTo(new Settled(HUNDRED.settling(90, 40), 40, 0, 10));
    }

    @Test
    void ignoresTheLimitOfAVersionThatWasReplaced() {
        Reservation replaced = HUNDRED.authorizing(2, 120);

        assertThat(ReservationRules.settle(replaced, 40, 1, 90))
                .isEqualTo(new Settled(replaced.settling(120, 40), 40, 0, 0));
    }

    @Test
    void takesFromAvailableWhatTheHoldIsShortOf() {
        assertThat(ReservationRules.settle(HUNDRED, 130, 1, 130))
                .isEqualTo(new Settled(HUNDRED.settling(130, 130), 100, 30, 0));
    }

    @Test
    void keepsWhatTradesUnderWayNeedWhenItCloses() {
        var freed = ReservationRules.close(HUNDRED, 60);
        assertThat(freed.freed()).isEqualTo(40);
        assertThat(freed.reservation().held()).isEqualTo(60);
        assertThat(freed.reservation().isEnded()).isFalse();

        Settled last = ReservationRules.settle(freed.reservation(), 60, 1, 60);
        assertThat(last.reservation().isEnded()).isTrue();
        assertThat(last.surplus()).isZero();
    }

    @Test
    void closesOnce() {
        Reservation closed = ReservationRules.close(HUNDRED, 0).reservation();
        assertThat(ReservationRules.close(closed, 50).reservation()).isEqualTo(closed);
        assertThat(ReservationRules.close(closed, 50).freed()).isZero();
    }

    @Test
    void spendsNothingAfterTheEnd() {
        Reservation ended = ReservationRules.close(HUNDRED, 0).reservation();
        assertThatThrownBy(() -> ReservationRules.settle(ended, 1, 1, 1)).isInstanceOf(LedgerException.class);
    }

    @Test
    void releasesOnceAndRemembersHowMuch() {
        var done = (Release.Done) ReservationRules.release(HUNDRED.settling(100, 30), null);
        assertThat(done.freed()).isEqualTo(70);
        assertThat(done.reservation().isEnded()).isTrue();
        assertThat(done.reservation().released()).isEqualTo(70);
        assertThat(ReservationRules.release(done.reservation(), 1)).isEqualTo(new Release.Replay(done.reservation()));
    }

    @Test
    void doesNotReleaseForAnOlderVersion() {
        assertThat(ReservationRules.release(HUNDRED.authorizing(3, 100), 2)).isInstanceOf(Release.Stale.class);
    }
}
