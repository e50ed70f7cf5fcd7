package com.brokerx.orders.market;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InstrumentTest {

    @ParameterizedTest
    @CsvSource({"100.00,10000", "0.01,1", "1E+2,10000", "100.000,10000"})
    void countsPricesInTicks(BigDecimal price, long ticks) {
        assertThat(TestInstruments.quiet().toTicks(price)).isEqualTo(OptionalLong.of(ticks));
        assertThat(TestInstruments.quiet().toPrice(ticks)).isEqualByComparingTo(price);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100.005", "0.001", "1E-20", "99999999999999999999"})
    void knowsNoPriceBetweenTwoTicks(BigDecimal price) {
        assertThat(TestInstruments.quiet().toTicks(price)).isEmpty();
    }

    @Test
    void aTickMayBeSeveralCents() {
        Instrument nickels = TestInstruments.with(InstrumentStatus.TRADING, "0.05", 1);

        assertThat(nickels.toTicks(new BigDecimal("100.05"))).isEqualTo(OptionalLong.of(2001));
        assertThat(nickels.toTicks(new BigDecimal("100.01"))).isEmpty();
        assertThat(nickels.cost(2001, 3)).isEqualTo(30015);
    }

    @Test
    void aTickIsNeverPartOfACent() {
        assertThatThrownBy(() -> TestInstruments.with(InstrumentStatus.TRADING, "0.005", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("decimals");
    }

    @ParameterizedTest
    @CsvSource({"8000,true", "12000,true", "7999,false", "12001,false"})
    void theBandIncludesItsEdges(long limitTicks, boolean within) {
        assertThat(TestInstruments.quiet().isWithinBand(limitTicks, 10_000)).isEqualTo(within);
    }
}
