package com.brokerx.commons.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Currency;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import net.jqwik.api.constraints.Scale;
import org.junit.jupiter.api.Test;

class MoneyTest {

    private static final Currency USD = Currency.getInstance("USD");

    @Test
    void hasTheCurrencysScaleAndNoMore() {
        assertThat(Money.of("12.5", "USD")).hasToString("12.50 USD");
        assertThat(Money.of("12", "JPY").minorUnits()).isEqualTo(12);
        assertThat(Money.of("12.500", "USD").minorUnits()).isEqualTo(1250);
        assertThatThrownBy(() -> Money.of("0.001", "USD")).isInstanceOf(Money.TooManyDecimalsException.class);
        assertThatThrownBy(() -> Money.of("1.5", "JPY")).isInstanceOf(Money.TooManyDecimalsException.class);
    }

    @Test
    void doesNotMixCurrencies() {
        assertThatThrownBy(() -> Money.of("1", "USD").plus(Money.of("1", "CAD")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void roundingUpIsNeverShortAndNeverMoreThanACentTooMuch(
            @ForAll @BigRange(min = "-1000000", max = "1000000") @Scale(6) BigDecimal exact) {
        BigDecimal rounded = Money.roundedUp(exact, USD).amount();

        assertThat(rounded).isGreaterThanOrEqualTo(exact);
        assertThat(rounded.subtract(exact)).isLessThan(new BigDecimal("0.01"));
    }

    @Property
    void survivesTheWayThroughMinorUnits(@ForAll long units) {
        assertThat(Money.ofMinorUnits(units, USD).minorUnits()).isEqualTo(units);
    }
}
