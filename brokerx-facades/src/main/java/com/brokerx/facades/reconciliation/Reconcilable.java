package com.brokerx.facades.reconciliation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * A service whose books can be compared with another's. Both say the same things, each from its own tables. Reading changes nothing.
 */
public interface Reconcilable {

    /** What the service finds in its own books; its time grows with them. */
    Report report();

    /**
     * Orders that hold something, in whatever order is cheapest to read.
     *
     * @param after the last one of the page before, null for the first page
     */
    List<Hold> openHolds(Place after, int limit);

    /** Those of the orders that are known, whatever became of them. */
    List<Hold> holds(Collection<UUID> orderIds);

    /**
     * All trades in blocks, each with a digest that is the same on both sides if the trades are.
     *
     * @param after only trades with a later id, null for all
     */
    List<TradeBlock> tradeBlocks(UUID after);

    /** The trades of a block. */
    List<Trade> trades(TradeBlock block);

    /** Where a page of open holds has ended. */
    record Place(UUID clientId, UUID orderId) {}

    /**
     * What an order may spend, in units of what it pays with: money for a buy, fees included, shares for a sell.
     *
     * @param version counts the replacements, from 1
     * @param authorized the most that the order may ever spend
     * @param settled what it has spent: by its settlements on one side, by its trades on the other
     * @param closed it will never trade again
     */
    record Hold(
            UUID orderId,
            UUID clientId,
            String asset,
            int version,
            BigDecimal authorized,
            BigDecimal settled,
            boolean closed) {

        public Place place() {
            return new Place(clientId, orderId);
        }

        /** What is set aside for it. */
        public BigDecimal held() {
            return authorized.subtract(settled);
        }

        /** Nothing will ever change about it. */
        @JsonIgnore
        public boolean isEnded() {
            return closed && held().signum() == 0;
        }
    }

    /**
     * The trades of a symbol whose sequence is in one thousand.
     *
     * @param number counts the thousands, from 0
     * @param first the lowest id
     * @param last the highest id
     * @param digest over everything that {@link Trade} says of them
     */
    record TradeBlock(String symbol, long number, long trades, UUID first, UUID last, String digest) {

        /**
         * Reads blocks out of a table expression {@code trade} that has the columns of {@link Trade}; parameter {@code after}. The
         * digest does not depend on the order of rows, so that nothing has to be sorted.
         */
        public static final String QUERY = """
                SELECT symbol, (sequence - 1) / 1000 AS number, count(*) AS trades,
                       min(id::text COLLATE "C")::uuid AS first, max(id::text COLLATE "C")::uuid AS last,
                       to_hex(bit_xor(('x' || left(md5(concat_ws('|', id, symbol, sequence, quantity, price, total,
                           buy_order_id, sell_order_id, buy_fee, sell_fee)), 16))::bit(64)::bigint)) AS digest
                FROM trade WHERE :after::uuid IS NULL OR id > :after
                GROUP BY 1, 2""";
    }

    /**
     * What both sides say of a trade. Decimals are without trailing zeroes.
     *
     * @param buyFee in the currency's smallest unit, as is the other
     */
    record Trade(
            UUID id,
            String symbol,
            long sequence,
            long quantity,
            BigDecimal price,
            BigDecimal total,
            UUID buyOrderId,
            UUID sellOrderId,
            long buyFee,
            long sellFee) {

        /** Reads the trades of a block out of the same table expression; parameter {@code block}. */
        public static final String QUERY = """
                SELECT * FROM trade
                WHERE symbol = :block.symbol AND id BETWEEN :block.first AND :block.last
                  AND sequence BETWEEN :block.number * 1000 + 1 AND (:block.number + 1) * 1000
                ORDER BY sequence""";
    }
}
