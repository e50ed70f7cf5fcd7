package com.brokerx.portfolios.ledger;

import java.util.UUID;

/**
 * What one journal does to one account.
 *
 * @param available units added to (below zero: taken from) what may be spent
 * @param held the same for what is held
 * @param reference the deposit, order, trade or back-office journal behind it
 */
public record Line(LedgerAccount account, EntryType type, long available, long held, UUID reference) {

    boolean isEmpty() {
        return available == 0 && held == 0;
    }
}
