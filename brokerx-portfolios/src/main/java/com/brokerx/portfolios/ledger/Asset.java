package com.brokerx.portfolios.ledger;

import java.math.BigDecimal;

/**
 * What can be owned: a currency, counted in its smallest unit, or a security, counted in whole shares. The one place where
 * decimals become the ledger's whole numbers and back.
 *
 * @param scale decimals of the asset: 2 for USD, 0 for shares
 */
public record Asset(String code, Kind kind, int scale) {

    public enum Kind {
        CURRENCY,
        SECURITY
    }

    /** An amount that has fractions of the smallest unit, or does not fit into the ledger. */
    public static final class InexactAmountException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;

        InexactAmountException(String message) {
            super(message);
        }
    }

    /** Shares of a symbol, whether or not anybody has had any so far. */
    static Asset security(String symbol) {
        return new Asset(symbol, Kind.SECURITY, 0);
    }

    public boolean isCurrency() {
        return kind == Kind.CURRENCY;
    }

    /** @throws InexactAmountException with a message that may be shown behind the field's name */
    public long units(BigDecimal amount) {
        BigDecimal exact = amount.stripTrailingZeros();
        if (exact.scale() > scale) {
            throw new InexactAmountException(
                    scale == 0 ? "has to be a whole number" : "may have " + scale + " decimals at most");
        }
        BigDecimal units = exact.movePointRight(scale);
        if (units.precision() - units.scale() > 18) {
            throw new InexactAmountException("is too large");
        }
        return units.longValueExact();
    }

    /** The decimal amount of {@code units}, in the asset's scale. */
    public BigDecimal amount(long units) {
        return BigDecimal.valueOf(units, scale);
    }
}
