package com.brokerx.portfolios.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PostingTest {

    private static final UUID REFERENCE = new UUID(0, 1);
    private static final HouseAccount HOUSE = new HouseAccount(99, "USD");

    private final Account account = account(1, "USD", 100, 20);
    private final Posting posting = new Posting(List.of(account), Instant.EPOCH);
    private final OpenAccount open = posting.require(1);

    @Test
    void letsOneJournalSeeWhatTheOneBeforeLeft() {
        posting.journal(List.of(hold(60)));
        posting.journal(List.of(hold(40)));

        assertThat(posting.entries())
                .extracting(Entry::availableAfter, Entry::heldAfter)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(40L, 80L), org.assertj.core.groups.Tuple.tuple(0L, 120L));
        assertThat(posting.entries()).extracting(Entry::journal).containsExactly(0, 1);
    }

    @Test
    void refusesToLeaveLessThanNothing() {
        assertThatThrownBy(() -> posting.journal(List.of(hold(101)))).isInstanceOf(LedgerException.class);
        assertThatThrownBy(() -> posting.journal(List.of(hold(-21)))).isInstanceOf(LedgerException.class);
        assertThat(posting.changed()).isEmpty();
    }

    @Test
    void refusesAJournalThatMakesMoney() {
        List<Line> lines = List.of(
                new Line(open, EntryType.DEPOSIT, 10, 0, REFERENCE),
                new Line(HOUSE, EntryType.DEPOSIT, -9, 0, REFERENCE));
        assertThatThrownBy(() -> posting.journal(lines)).hasMessageContaining("not balanced");
    }

    @Test
    void refusesToSetOneAssetOffAgainstAnother() {
        List<Line> lines = List.of(
                new Line(open, EntryType.DEPOSIT, 10, 0, REFERENCE),
                new Line(new HouseAccount(98, "CAD"), EntryType.DEPOSIT, -10, 0, REFERENCE));
        assertThatThrownBy(() -> posting.journal(lines)).hasMessageContaining("not balanced");
    }

    @Test
    void refusesAmountsThatOverflow() {
        List<Line> lines = List.of(
                new Line(open, EntryType.DEPOSIT, Long.MAX_VALUE - 5, 0, REFERENCE),
                new Line(HOUSE, EntryType.DEPOSIT, -(Long.MAX_VALUE - 5), 0, REFERENCE));
        assertThatThrownBy(() -> posting.journal(lines)).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void leavesOutLinesThatMoveNothing() {
        posting.journal(List.of(new Line(open, EntryType.FEE, 0, 0, REFERENCE)));
        assertThat(posting.entries()).isEmpty();
    }

    private Line hold(long amount) {
        return new Line(open, EntryType.RESERVE, -amount, amount, REFERENCE);
    }

    private static Account account(long id, String asset, long available, long held) {
        return new Account(
                id,
                new UUID(1, id),
                new UUID(2, id),
                asset,
                true,
                false,
                available,
                held,
                CostBasis.NONE,
                Instant.EPOCH);
    }
}
