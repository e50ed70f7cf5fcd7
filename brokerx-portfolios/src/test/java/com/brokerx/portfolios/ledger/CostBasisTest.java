package com.brokerx.portfolios.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CostBasisTest {

    @Test
    void averagesOverPurchasesAndRealizesOnSales() {
        CostBasis tenAtOneHundredAndTenAtTwo = CostBasis.NONE.bought(1000).bought(2000);

        CostBasis afterFive = tenAtOneHundredAndTenAtTwo.sold(5, 20, 1000);

        assertThat(afterFive.cost()).isEqualTo(2250);
        assertThat(afterFive.realized()).isEqualTo(250);
    }

    @Test
    void takesTheRestWithTheLastShare() {
        CostBasis threeForTenCents = CostBasis.NONE.bought(10);

        CostBasis two = threeForTenCents.sold(1, 3, 0);
        CostBasis one = two.sold(1, 2, 0);
        CostBasis none = one.sold(1, 1, 0);

        assertThat(List.of(two.cost(), one.cost(), none.cost())).containsExactly(7L, 3L, 0L);
        assertThat(none.realized()).isEqualTo(-10);
    }

    @Test
    void makesNoProfitOfATransferOut() {
        assertThat(CostBasis.NONE.bought(100).removed(1, 4)).isEqualTo(new CostBasis(75, 0));
    }

    @Test
    void refusesToSellMoreThanThereIs() {
        assertThatThrownBy(() -> CostBasis.NONE.sold(2, 1, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Proceeds less profit is cost: whatever the parts, no cent of the cost is lost or made. */
    @Property
    void allocatesTheWholeCostToTheParts(
            @ForAll @LongRange(min = 0, max = 900_000_000_000_000_000L) long cost,
            @ForAll @Size(min = 1, max = 30) List<@IntRange(min = 1, max = 1_000_000) Integer> parts) {
        long left = parts.stream().mapToLong(Integer::longValue).sum();
        CostBasis basis = CostBasis.NONE.bought(cost);
        for (int part : parts) {
            long costBefore = basis.cost();
            basis = basis.sold(part, left, 0);
            assertThat(basis.cost()).isBetween(0L, costBefore);
            left -= part;
        }
        assertThat(basis).isEqualTo(new CostBasis(0, -cost));
    }
}
