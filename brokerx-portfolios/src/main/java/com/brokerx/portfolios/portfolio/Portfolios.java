package com.brokerx.portfolios.portfolio;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.ledger.AccountKey;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jdbi.v3.core.Handle;

/** Opens, finds and closes portfolios, whoever asks for it: the client, an event, a deposit or a settlement. */
public final class Portfolios {

    private static final String DEFAULT_NAME = "Default";

    /**
     * An account for orders that has to be there.
     *
     * @param currency of the portfolio that it belongs to
     */
    public record Wanted(AccountKey account, String currency) {}

    private static final int MOST_KNOWN = 100_000;

    private final String defaultCurrency;
    /** Accounts that are there, and never go away. Those that a transaction adds are not remembered: it may be rolled back. */
    private final Set<AccountKey> known = ConcurrentHashMap.newKeySet();

    /** @param defaultCurrency of the portfolio that every client has */
    public Portfolios(String defaultCurrency) {
        this.defaultCurrency = defaultCurrency;
    }

    public String defaultCurrency() {
        return defaultCurrency;
    }

    /** The client's portfolio, empty where it is somebody else's. */
    public Optional<Portfolio> find(Handle handle, UUID clientId, UUID portfolioId) {
        return handle.attach(PortfolioStore.class)
                .find(portfolioId)
                .filter(portfolio -> portfolio.clientId().equals(clientId));
    }

    public Optional<Portfolio> findDefault(Handle handle, UUID clientId) {
        return handle.attach(PortfolioStore.class).findDefault(clientId);
    }

    /** Opens the clients' default portfolios where they have none; many at once may try. */
    public void openDefault(Handle tx, Collection<UUID> clientIds) {
        ensure(
                tx,
                clientIds.stream()
                        .map(client -> new Wanted(new AccountKey(client, defaultCurrency), defaultCurrency))
                        .toList());
    }

    /**
     * Opens what is missing of these accounts, and of the portfolios that they belong to. Has to come before the transaction locks
     * any account: whoever adds accounts holds no locks that others may wait for.
     */
    public void ensure(Handle tx, Collection<Wanted> wanted) {
        PortfolioStore store = tx.attach(PortfolioStore.class);
        List<Wanted> missing = missing(store, wanted);
        if (missing.isEmpty()) {
            return;
        }
        store.addTrading(
                missing.stream().map(w -> Ids.next()).toArray(UUID[]::new),
                column(missing, w -> w.account().clientId(), UUID[]::new),
                column(missing, Wanted::currency, String[]::new),
                DEFAULT_NAME,
                defaultCurrency);
        addAccounts(store, missing.stream().map(w -> cashOf(w)).distinct().toList());
        addAccounts(store, missing);
    }

    private List<Wanted> missing(PortfolioStore store, Collection<Wanted> wanted) {
        List<Wanted> unknown = wanted.stream()
                .distinct()
                .filter(w -> !known.contains(w.account()))
                .toList();
        if (unknown.isEmpty()) {
            return List.of();
        }
        List<Wanted> missing = store
                .missing(
                        column(unknown, w -> w.account().clientId(), UUID[]::new),
                        column(unknown, w -> w.account().asset(), String[]::new))
                .stream()
                .map(unknown::get)
                .toList();
        if (known.size() > MOST_KNOWN) {
            known.clear();
        }
        Set<Wanted> absent = Set.copyOf(missing);
        unknown.stream().filter(w -> !absent.contains(w)).map(Wanted::account).forEach(known::add);
        return missing;
    }

    /** Nothing new can be reserved or paid in; what is under way still settles. */
    public void close(Handle tx, Collection<UUID> clientIds) {
        tx.attach(PortfolioStore.class).close(clientIds.toArray(UUID[]::new));
    }

    private static Wanted cashOf(Wanted wanted) {
        return new Wanted(new AccountKey(wanted.account().clientId(), wanted.currency()), wanted.currency());
    }

    private static void addAccounts(PortfolioStore store, List<Wanted> wanted) {
        store.addTradingAccounts(
                column(wanted, w -> w.account().clientId(), UUID[]::new),
                column(wanted, w -> w.account().asset(), String[]::new),
                column(wanted, Wanted::currency, String[]::new));
    }

    private static <T> T[] column(
            List<Wanted> rows,
            java.util.function.Function<Wanted, T> value,
            java.util.function.IntFunction<T[]> newArray) {
        return rows.stream().map(value).toArray(newArray);
    }
}
