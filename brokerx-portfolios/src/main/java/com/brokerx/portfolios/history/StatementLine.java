package com.brokerx.portfolios.history;

import com.brokerx.portfolios.ledger.EntryType;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A line of a statement: an entry, and the deposit, order or trade behind it.
 *
 * @param change of the balance; zero for what only moved within it
 * @param reserved change of what is reserved
 * @param orderId of a trade or a reservation, null otherwise
 * @param tradeId null unless a trade is behind it, as are the four after it
 * @param note why the back office made the entry, or why a payment failed; null otherwise
 */
public record StatementLine(
        String id,
        Instant time,
        EntryType type,
        String asset,
        BigDecimal change,
        BigDecimal reserved,
        BigDecimal balanceAfter,
        UUID reference,
        UUID orderId,
        UUID paymentId,
        UUID tradeId,
        String symbol,
        BigDecimal price,
        Long quantity,
        BigDecimal total,
        String note) {}
