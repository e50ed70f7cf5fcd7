package com.brokerx.commons.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * An exact amount of one currency, always in that currency's scale. Amounts of different currencies never mix.
 *
 * @param amount has exactly as many decimals as the currency has, may be negative
 */
public record Money(BigDecimal amount, Currency currency) implements Comparable<Money> {

    /** An amount that has more decimals than its currency. */
    public static final class TooManyDecimalsException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        TooManyDecimalsException(Currency currency) {
            super("has more than the " + currency.getDefaultFractionDigits() + " decimals of " + currency);
        }
    }

    public Money {
        amount = exact(amount, currency);
    }

    /** @throws TooManyDecimalsException when the currency has no such fractions */
    public static Money of(BigDecimal amount, Currency currency) {
        return new Money(amount, currency);
    }

    public static Money of(String amount, String currency) {
        return new Money(new BigDecimal(amount), Currency.getInstance(currency));
    }

    public static Money zero(Currency currency) {
        return new Money(BigDecimal.ZERO, currency);
    }

    /** The amount of {@code units} of the smallest unit, cents for USD. */
    public static Money ofMinorUnits(long units, Currency currency) {
        return new Money(BigDecimal.valueOf(units, currency.getDefaultFractionDigits()), currency);
    }

    /** Rounded up to the currency's scale: what a reservation needs, which must never be a fraction short. */
    public static Money roundedUp(BigDecimal amount, Currency currency) {
        return rounded(amount, currency, RoundingMode.CEILING);
    }

    /** Rounded half up to the currency's scale: what a trade or a fee costs. */
    public static Money rounded(BigDecimal amount, Currency currency) {
        return rounded(amount, currency, RoundingMode.HALF_UP);
    }

    /** @throws ArithmeticException when it does not fit into 64 bits */
    public long minorUnits() {
        return amount.unscaledValue().longValueExact();
    }

    public Money plus(Money other) {
        return new Money(amount.add(sameCurrency(other).amount), currency);
    }

    public Money minus(Money other) {
        return new Money(amount.subtract(sameCurrency(other).amount), currency);
    }

    public boolean isPositive() {
        return amount.signum() > 0;
    }

    public boolean isNegative() {
        return amount.signum() < 0;
    }

    @Override
    public int compareTo(Money other) {
        return amount.compareTo(sameCurrency(other).amount);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }

    private Money sameCurrency(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException(currency + " and " + other.currency + " do not mix");
        }
        return other;
    }

    private static Money rounded(BigDecimal amount, Currency currency, RoundingMode mode) {
        return new Money(amount.setScale(currency.getDefaultFractionDigits(), mode), currency);
    }

    private static BigDecimal exact(BigDecimal amount, Currency currency) {
        try {
            return amount.setScale(currency.getDefaultFractionDigits());
        } catch (ArithmeticException tooFine) {
            throw new TooManyDecimalsException(currency);
        }
    }
}
