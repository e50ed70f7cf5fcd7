package com.brokerx.portfolios.portfolio;

import com.brokerx.commons.database.Pipeline;
import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.portfolio.Portfolios.Wanted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;

/**
 * Where clients keep the shares of a symbol: in the portfolio that their account for orders in it belongs to, which never changes. So it is
 * settled before an order may trade: the account is opened where the symbol's currency wants it, and an order is refused whose shares are
 * kept elsewhere. To settle its trades would add what they cost in two currencies. What was once seen is remembered, and costs nothing
 * from then on.
 */
public final class ShareAccounts {

    private static final int MOST_KNOWN = 100_000;

    private static final String FIND = """
            SELECT a.client_id, a.asset, p.currency
            FROM unnest(:clients::uuid[], :assets::text[]) AS wanted (client_id, asset)
            JOIN accounts a ON a.client_id = wanted.client_id AND a.asset = wanted.asset AND a.trading
            JOIN portfolios p ON p.id = a.portfolio_id""";

    private final Map<AccountKey, String> known = new ConcurrentHashMap<>();

    /**
     * A look for one transaction.
     *
     * @param wanted shares, and the currencies that they are traded in
     */
    public Look look(Collection<Wanted> wanted) {
        Map<AccountKey, String> currencies = new HashMap<>();
        Set<Wanted> unknown = new HashSet<>();
        for (Wanted shares : wanted) {
            String currency = known.get(shares.account());
            if (currency == null) {
                unknown.add(shares);
            } else {
                currencies.put(shares.account(), currency);
            }
        }
        return new Look(currencies, List.copyOf(unknown));
    }

    /** What one transaction finds. */
    public final class Look {

        private final Map<AccountKey, String> currencies;
        private final List<Wanted> unknown;
        private final List<Pipeline.Step<Wanted>> found = new ArrayList<>();

        private Look(Map<AccountKey, String> currencies, List<Wanted> unknown) {
            this.currencies = currencies;
            this.unknown = unknown;
        }

        /**
         * Opens and reads what is not known, together with other statements; has to come before those that lock accounts, since whoever
         * adds some holds no locks that others may wait for.
         */
        public void addTo(Pipeline pipeline) {
            if (unknown.isEmpty()) {
                return;
            }
            UUID[] clients = column(shares -> shares.account().clientId(), UUID[]::new);
            String[] assets = column(shares -> shares.account().asset(), String[]::new);
            pipeline.update(PortfolioStore.ADD_TRADING_ACCOUNTS)
                    .bind("clients", clients)
                    .bind("assets", assets)
                    .bind("currencies", column(Wanted::currency, String[]::new));
            found.add(pipeline.query(
                            FIND,
                            row -> new Wanted(
                                    new AccountKey(row.getObject("client_id", UUID.class), row.getString("asset")),
                                    row.getString("currency")))
                    .bind("clients", clients)
                    .bind("assets", assets));
        }

        private <T> T[] column(Function<Wanted, T> value, IntFunction<T[]> newArray) {
            return unknown.stream().map(value).toArray(newArray);
        }

        /** Whether the shares are kept in another currency than they are traded in; to be asked when the statements have run. */
        public boolean isMisplaced(Wanted shares) {
            collect();
            String kept = currencies.get(shares.account());
            return kept != null && !kept.equals(shares.currency());
        }

        /** Has others know what was found, once it is there for good. */
        public void committed() {
            if (unknown.isEmpty()) {
                return;
            }
            collect();
            if (known.size() > MOST_KNOWN) {
                known.clear();
            }
            known.putAll(currencies);
        }

        private void collect() {
            found.forEach(step -> step.rows().forEach(row -> currencies.put(row.account(), row.currency())));
            found.clear();
        }
    }
}
