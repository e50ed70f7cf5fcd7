package com.brokerx.portfolios.ledger;

import java.util.Comparator;
import java.util.UUID;

/** Names the account through which a client's orders go in an asset. */
public record AccountKey(UUID clientId, String asset) implements Comparable<AccountKey> {

    private static final Comparator<AccountKey> ORDER =
            Comparator.comparing(AccountKey::clientId).thenComparing(AccountKey::asset);

    @Override
    public int compareTo(AccountKey other) {
        return ORDER.compare(this, other);
    }
}
