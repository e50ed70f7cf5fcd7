package com.brokerx.facades.orders;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;

/**
 * What one instance of the orders service asks another one that owns a book. Every command may arrive twice; each call throws
 * {@link com.brokerx.commons.problem.UnavailableException} when no answer can be had, and then nothing is known of its effect.
 */
public interface BooksFacade {

    /** Passes commands on to the owner of their books; the results stand in the order of the commands. */
    List<Result> submit(List<Message> commands);

    /**
     * The book as it was last committed.
     *
     * @return null when the other instance does not own it
     */
    Book book(String symbol);

    /**
     * A command, and whose it is: commands of several requests travel together.
     *
     * @param traceparent where the request stands in a trace; null where no request wants the command
     */
    record Message(Command command, String traceparent) {}

    /**
     * A command about one order, which is stored already.
     *
     * @param expectedLockVersion refuse where the order has changed since; null for any
     * @param terms what the order is to become; only with {@link Kind#REPLACE}
     * @param hold the change of its hold; only with {@link Kind#REPLACE} and {@link Kind#SETTLE_HOLD}
     * @param text why, for the report; only with {@link Kind#CANCEL}, null where the client asked for it
     */
    record Command(
            Kind kind,
            UUID orderId,
            String symbol,
            Integer expectedLockVersion,
            Terms terms,
            Hold hold,
            @JsonInclude(JsonInclude.Include.NON_NULL) String text) {}

    /** What is to be done with the order. */
    enum Kind {
        PLACE,
        CANCEL,
        REPLACE,
        SETTLE_HOLD
    }

    /**
     * New terms.
     *
     * @param quantity the new total
     * @param stopTicks 0 where the order waits for no stop price
     * @param expiresAt null where the order does not expire
     */
    record Terms(long quantity, long limitTicks, long stopTicks, String timeInForce, Instant expiresAt) {}

    /**
     * A change of an order's hold, as the orders service stores it.
     *
     * @param version the reservation's version
     * @param authorized the most that the order may ever spend, in the smallest unit of what it reserves
     * @param asked whether the portfolios service may have heard of the version
     */
    record Hold(UUID id, String stage, int version, long authorized, boolean asked) {}

    /** @param code why it was refused; null otherwise */
    record Result(Status status, String code) {}

    /** What became of a command. */
    enum Status {
        DONE,
        REFUSED,
        CONFLICT,
        NOT_FOUND,
        NOT_OWNER,
        UNDECIDED
    }

    /**
     * Prices are in ticks; bids and asks best first.
     *
     * @param epoch of the owner's lease; each owner's is higher than those before
     * @param sequence rises with every change within an epoch
     * @param openOrders all that the owner keeps in memory for the book, orders that wait for their stop price too
     */
    record Book(
            String symbol,
            long epoch,
            List<Level> bids,
            List<Level> asks,
            long sequence,
            int openOrders,
            LocalDate day,
            long previousCloseTicks,
            long lastTicks,
            long volume,
            Instant at) {}

    /** All that rests at one price. */
    record Level(long ticks, long quantity, int orders) {}
}
