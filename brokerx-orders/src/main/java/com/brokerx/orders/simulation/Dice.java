package com.brokerx.orders.simulation;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Chance that can be had again: each agent has dice of its own for each symbol and step, so nothing that one of them does, or leaves
 * out, changes what the others throw.
 */
final class Dice {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private Dice() {}

    static RandomGenerator of(long seed, String agent, String symbol, long step) {
        long mixed = (seed * GOLDEN + agent.hashCode()) * GOLDEN + symbol.hashCode();
        return new SplittableRandom(mixed * GOLDEN + step);
    }
}
