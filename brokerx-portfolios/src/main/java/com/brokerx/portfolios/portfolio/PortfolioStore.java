package com.brokerx.portfolios.portfolio;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Portfolios and the accounts that belong to them. */
@RegisterConstructorMapper(Portfolio.class)
@RegisterConstructorMapper(PortfolioStore.AssetBalance.class)
interface PortfolioStore {

    /** What a portfolio, or a client in all portfolios, has of an asset. */
    record AssetBalance(String asset, boolean isCurrency, int scale, long available, long held) {
        static final AssetBalance NOTHING = new AssetBalance("", true, 2, 0, 0);

        long total() {
            return Math.addExact(available, held);
        }

        BigDecimal amount(long units) {
            return BigDecimal.valueOf(units, scale);
        }
    }

    String COLUMNS = """
            SELECT p.id, p.client_id, p.name, p.currency, p.status, a.id AS account_id, s.scale, a.available, a.held,
                   p.created_at, greatest(p.created_at, a.updated_at) AS updated_at
            FROM portfolios p
            JOIN accounts a ON a.portfolio_id = p.id AND a.asset = p.currency
            JOIN assets s ON s.code = p.currency
            """;

    String ADD_TRADING_ACCOUNTS = """
            INSERT INTO accounts (portfolio_id, client_id, asset, trading, frozen)
            SELECT p.id, p.client_id, wanted.asset, true, p.status = 'closed'
            FROM unnest(:clients::uuid[], :assets::text[], :currencies::text[]) AS wanted (client_id, asset, currency)
            JOIN portfolios p ON p.client_id = wanted.client_id AND p.currency = wanted.currency AND p.trading
            ORDER BY wanted.client_id, wanted.asset
            ON CONFLICT DO NOTHING""";

    @SqlQuery(COLUMNS + "WHERE p.id = :id")
    Optional<Portfolio> find(@Bind("id") UUID id);

    @SqlQuery(COLUMNS + "WHERE p.client_id = :client AND p.is_default")
    Optional<Portfolio> findDefault(@Bind("client") UUID clientId);

    @SqlQuery(COLUMNS + """
            WHERE p.client_id = :client AND (:before::uuid IS NULL OR p.id < :before)
            ORDER BY p.id DESC LIMIT :limit""")
    List<Portfolio> list(@Bind("client") UUID clientId, @Bind("before") UUID before, @Bind("limit") int limit);

    @SqlQuery("SELECT count(*) FROM portfolios WHERE client_id = :client")
    int count(@Bind("client") UUID clientId);

    /** Keeps a client's requests for new portfolios one after another, so that their number stays within its limit. */
    @SqlQuery("SELECT pg_advisory_xact_lock(hashtextextended(:client::text, 0))::text")
    String serialize(@Bind("client") UUID clientId);

    /** Adds portfolios that are not there yet; waits for another transaction that is adding the same ones. */
    @SqlUpdate("""
            INSERT INTO portfolios (id, client_id, name, currency, is_default, trading)
            SELECT id, client_id, :name, currency, currency = :defaultCurrency, true
            FROM unnest(:ids::uuid[], :clients::uuid[], :currencies::text[]) AS wanted (id, client_id, currency)
            ORDER BY client_id, currency
            ON CONFLICT DO NOTHING""")
    void addTrading(
            @Bind("ids") UUID[] ids,
            @Bind("clients") UUID[] clients,
            @Bind("currencies") String[] currencies,
            @Bind("name") String name,
            @Bind("defaultCurrency") String defaultCurrency);

    @SqlUpdate("""
            INSERT INTO portfolios (id, client_id, name, currency, trading)
            VALUES (:id, :client, :name, :currency,
                    NOT EXISTS (SELECT FROM portfolios WHERE client_id = :client AND currency = :currency AND trading))
            """)
    void add(
            @Bind("id") UUID id,
            @Bind("client") UUID clientId,
            @Bind("name") String name,
            @Bind("currency") String currency);

    @SqlUpdate("""
            INSERT INTO accounts (portfolio_id, client_id, asset, trading)
            SELECT id, client_id, currency, trading FROM portfolios WHERE id = :id""")
    void addCashAccount(@Bind("id") UUID portfolioId);

    /** Which of these accounts for orders are not there. */
    @SqlQuery("""
            SELECT wanted.position - 1
            FROM unnest(:clients::uuid[], :assets::text[])
                 WITH ORDINALITY AS wanted (client_id, asset, position)
            WHERE NOT EXISTS (SELECT FROM accounts a
                              WHERE a.client_id = wanted.client_id AND a.asset = wanted.asset AND a.trading)""")
    List<Integer> missing(@Bind("clients") UUID[] clients, @Bind("assets") String[] assets);

    /** Adds accounts for orders to the clients' portfolios of these currencies, where they are not there yet. */
    @SqlUpdate(ADD_TRADING_ACCOUNTS)
    void addTradingAccounts(
            @Bind("clients") UUID[] clients, @Bind("assets") String[] assets, @Bind("currencies") String[] currencies);

    /** Locks the accounts in the order in which everybody does. */
    @SqlUpdate("""
            WITH closed AS (UPDATE portfolios SET status = 'closed' WHERE client_id = ANY(:clients) RETURNING id),
                 locked AS (SELECT id FROM accounts
                            WHERE portfolio_id IN (SELECT id FROM portfolios WHERE client_id = ANY(:clients))
                            ORDER BY id FOR NO KEY UPDATE)
            UPDATE accounts SET frozen = true WHERE id IN (SELECT id FROM locked)""")
    void close(@Bind("clients") UUID[] clients);

    @SqlQuery("""
            SELECT a.asset, s.kind = 'currency' AS is_currency, s.scale, a.available, a.held
            FROM accounts a JOIN assets s ON s.code = a.asset
            WHERE a.client_id = :client AND a.trading
            ORDER BY a.asset""")
    List<AssetBalance> balances(@Bind("client") UUID clientId);
}
