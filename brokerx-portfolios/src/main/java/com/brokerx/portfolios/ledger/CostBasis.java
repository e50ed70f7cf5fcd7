package com.brokerx.portfolios.ledger;

import java.math.BigInteger;

/**
 * What the shares of a position cost, by the average cost method, and what sold ones brought beyond their cost. Both in the smallest unit
 * of the portfolio's currency; the cost of a part is rounded half up and the rest keeps the remainder, so that parts always add up.
 */
public record CostBasis(long cost, long realized) {

    public static final CostBasis NONE = new CostBasis(0, 0);

    /** @param paid for the bought shares, fees included */
    public CostBasis bought(long paid) {
        return new CostBasis(Math.addExact(cost, paid), realized);
    }

    /**
     * @param held how many shares there were before the sale
     * @param proceeds less fees
     */
    public CostBasis sold(long sold, long held, long proceeds) {
        long part = partOf(sold, held);
        return new CostBasis(cost - part, Math.addExact(realized, Math.subtractExact(proceeds, part)));
    }

    /** Takes shares away at their cost: a transfer out is neither a profit nor a loss. */
    public CostBasis removed(long removed, long held) {
        return new CostBasis(cost - partOf(removed, held), realized);
    }

    private long partOf(long part, long whole) {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException(part + " of " + whole + " shares");
        }
        if (part == whole) {
            return cost;
        }
        BigInteger twice =
                BigInteger.valueOf(cost).multiply(BigInteger.valueOf(part)).shiftLeft(1);
        return twice.add(BigInteger.valueOf(whole))
                .divide(BigInteger.valueOf(whole).shiftLeft(1))
                .longValueExact();
    }
}
