package com.brokerx.portfolios.history;

import com.brokerx.commons.id.Ids;
import com.brokerx.commons.json.Times;
import com.brokerx.portfolios.ledger.EntryType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** One line of an account, as the ledger has it. */
public record Transaction(
        long id,
        EntryType type,
        String asset,
        boolean isCurrency,
        int scale,
        long availableDelta,
        long heldDelta,
        long balanceAfter,
        UUID reference,
        Instant createdAt) {

    /** Where a page of transactions starts: below this time and number. */
    public record Position(Instant createdAt, long id) {
        static final Position NEWEST = new Position(Instant.parse("9999-01-01T00:00:00Z"), Long.MAX_VALUE);

        /** Right before everything that happened at this time or later. */
        static Position before(Instant time) {
            return new Position(time.minus(1, ChronoUnit.MICROS), Long.MAX_VALUE);
        }

        static Position parse(String text) {
            int separator = text.indexOf('/');
            if (separator < 0) {
                throw new IllegalArgumentException("not a position: " + text);
            }
            try {
                return new Position(
                        Times.parse(text.substring(0, separator)), Long.parseLong(text.substring(separator + 1)));
            } catch (java.time.format.DateTimeParseException e) {
                throw new IllegalArgumentException("not a position: " + text, e);
            }
        }

        @Override
        public String toString() {
            return createdAt + "/" + id;
        }
    }

    Position position() {
        return new Position(createdAt, id);
    }

    /**
     * What a caller sees.
     *
     * @param amount above zero, except for corrections by the back office, whose sign tells their direction
     * @param currency null for shares
     * @param asset the currency or the symbol
     * @param balanceAfter everything on the account after it, reserved or not
     */
    public record View(
            UUID id,
            EntryType type,
            BigDecimal amount,
            String currency,
            String asset,
            BigDecimal balanceAfter,
            UUID reference,
            Instant createdAt) {}

    View view() {
        return new View(
                Ids.of(createdAt, id),
                type,
                BigDecimal.valueOf(amount(), scale),
                isCurrency ? asset : null,
                asset,
                BigDecimal.valueOf(balanceAfter, scale),
                reference,
                createdAt);
    }

    /** What moves within the balance counts by what is held, everything else by what came or went. */
    private long amount() {
        return switch (type) {
            case RESERVE, RELEASE -> Math.abs(heldDelta);
            case JOURNAL -> availableDelta + heldDelta;
            case DEPOSIT, WITHDRAWAL, BUY, SELL, FEE -> Math.abs(availableDelta + heldDelta);
        };
    }
}
