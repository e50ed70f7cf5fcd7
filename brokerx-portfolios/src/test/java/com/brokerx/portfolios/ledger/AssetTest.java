package com.brokerx.portfolios.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.portfolios.ledger.Asset.InexactAmountException;
import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssetTest {

    private static final Asset USD = new Asset("USD", Asset.Kind.CURRENCY, 2);
    private static final Asset YEN = new Asset("JPY", Asset.Kind.CURRENCY, 0);
    private static final Asset SHARES = Asset.security("AAPL");

    @ParameterizedTest
    @CsvSource({"0.01, 1", "1, 100", "100000.00, 10000000", "1e3, 100000", "1.500, 150", "-0.05, -5", "0, 0"})
    void countsInTheSmallestUnit(BigDecimal amount, long units) {
        assertThat(USD.units(amount)).isEqualTo(units);
    }

    @Test
    void writesAmountsInTheScaleOfTheAsset() {
        assertThat(USD.amount(5).toPlainString()).isEqualTo("0.05");
        assertThat(YEN.amount(5).toPlainString()).isEqualTo("5");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.001", "1.999", "1e-3"})
    void refusesFractionsOfACent(BigDecimal amount) {
        assertThatThrownBy(() -> USD.units(amount))
                .isInstanceOf(InexactAmountException.class)
                .hasMessage("may have 2 decimals at most");
    }

    @Test
    void refusesPartsOfAShare() {
        assertThatThrownBy(() -> SHARES.units(new BigDecimal("0.5"))).hasMessage("has to be a whole number");
    }

    @ParameterizedTest
    @ValueSource(strings = {"10000000000000000", "1e30", "-1e29", "9999999999999999999999999999"})
    void refusesWhatNoAccountCanHold(BigDecimal amount) {
        assertThatThrownBy(() -> USD.units(amount)).hasMessage("is too large");
    }

    @Property
    void readsBackWhatItWrites(
            @ForAll @LongRange(min = -999_999_999_999_999_999L, max = 999_999_999_999_999_999L) long units) {
        assertThat(USD.units(USD.amount(units))).isEqualTo(units);
        assertThat(SHARES.units(SHARES.amount(units))).isEqualTo(units);
    }
}
