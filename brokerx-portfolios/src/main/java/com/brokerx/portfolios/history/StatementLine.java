package com.brokerx.portfolios.history;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.ledger.EntryType;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * A line of a statement: an entry, and the deposit, order or trade behind it.
 *
 * @param number of the entry
 * @param change of the balance; zero for what only moved within it
 * @param reserved change of what is reserved
 * @param orderId of a trade or a reservation, null otherwise
 * @param tradeId null unless a trade is behind it, as are the four after it
 * @param note why the back office made the entry, or why a payment failed; null otherwise
 */
@JsonPropertyOrder("id")
public record StatementLine(
        @JsonIgnore long number,
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
        String note) {

    /** The same as that of the transaction in the account's list. */
    @JsonProperty
    public UUID id() {
        return Ids.of(time, number);
    }

    Transaction.Position position() {
        return new Transaction.Position(time, number);
    }
}
