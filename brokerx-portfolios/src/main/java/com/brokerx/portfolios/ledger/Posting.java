package com.brokerx.portfolios.ledger;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one transaction does to the ledger: the accounts that it has locked, and the journals that it wrote so far. Each journal sees what the
 * ones before it left, so that many requests on one account compose; all of them are stored together by {@link Ledger#store}.
 */
public final class Posting {

    private final Instant at;
    private final Map<Long, OpenAccount> byId = new HashMap<>();
    private final Map<AccountKey, OpenAccount> byKey = new HashMap<>();
    private final List<Entry> entries = new ArrayList<>();
    private int journals;

    /** @param at stands on every entry; not before any of the accounts' last changes */
    Posting(Collection<Account> locked, Instant at) {
        this.at = at;
        for (Account account : locked) {
            OpenAccount open = new OpenAccount(account);
            byId.put(account.id(), open);
            if (account.trading()) {
                byKey.put(account.key(), open);
            }
        }
    }

    /** The client's account for orders in an asset, if they have one. */
    public Optional<OpenAccount> find(AccountKey key) {
        return Optional.ofNullable(byKey.get(key));
    }

    public OpenAccount require(AccountKey key) {
        return find(key).orElseThrow(() -> new LedgerException("there is no account " + key));
    }

    public OpenAccount require(long accountId) {
        return Optional.ofNullable(byId.get(accountId))
                .orElseThrow(() -> new LedgerException("account " + accountId + " is not locked"));
    }

    /**
     * Applies the lines in their order.
     *
     * @throws LedgerException when they do not add up to zero for each asset, or an account would fall below zero
     * @throws ArithmeticException when an amount does not fit into 64 bits
     */
    public void journal(List<Line> lines) {
        requireBalanced(lines);
        for (Line line : lines) {
            if (line.isEmpty()) {
                continue;
            }
            entries.add(
                    switch (line.account()) {
                        case HouseAccount house -> new Entry(journals, line, null, null);
                        case OpenAccount open -> {
                            open.move(line.available(), line.held());
                            yield new Entry(journals, line, open.available(), open.held());
                        }
                    });
        }
        journals++;
    }

    public Instant at() {
        return at;
    }

    int journals() {
        return journals;
    }

    List<Entry> entries() {
        return entries;
    }

    List<OpenAccount> changed() {
        return byId.values().stream().filter(OpenAccount::isChanged).toList();
    }

    private static void requireBalanced(List<Line> lines) {
        Map<String, Long> sums = new HashMap<>();
        for (Line line : lines) {
            sums.merge(line.account().asset(), Math.addExact(line.available(), line.held()), Math::addExact);
        }
        if (sums.values().stream().anyMatch(sum -> sum != 0)) {
            throw new LedgerException("a journal is not balanced: " + lines);
        }
    }
}
