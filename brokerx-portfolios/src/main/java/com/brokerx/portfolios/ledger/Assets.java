package com.brokerx.portfolios.ledger;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * What can be owned, and the house's accounts in it, held in memory: assets are added and never changed. Currencies stand in the
 * database from the start; a symbol is added when its first shares arrive.
 */
public final class Assets {

    private static final Pattern SYMBOL = Pattern.compile("[A-Z][A-Z0-9.]{0,11}");

    private record HouseKey(House house, String asset) {}

    private final Jdbi jdbi;
    private final Map<String, Asset> assets = new ConcurrentHashMap<>();
    private final Map<HouseKey, HouseAccount> houseAccounts = new ConcurrentHashMap<>();

    public Assets(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /** The asset with this code if anybody can own it. */
    public Optional<Asset> find(String code) {
        Asset known = assets.get(code);
        return known == null && isSymbol(code) ? load(code) : Optional.ofNullable(known);
    }

    /** As {@link #find}, but any well-formed symbol is an asset, if only one that nobody has. */
    public Optional<Asset> findOrSymbol(String code) {
        return find(code).or(() -> isSymbol(code) ? Optional.of(Asset.security(code)) : Optional.empty());
    }

    /** @throws LedgerException when there is no such asset */
    public Asset require(String code) {
        return find(code).orElseThrow(() -> new LedgerException("there is no asset " + code));
    }

    /** Makes the symbol known, in a transaction of its own; call it outside of any other. */
    public void register(Asset security) {
        if (find(security.code()).isEmpty()) {
            jdbi.useTransaction(tx -> insert(tx, security.code()));
        }
    }

    /** The account of the house that stands against a client's in a journal. */
    public HouseAccount house(House house, String asset) {
        require(asset);
        return houseAccounts.get(new HouseKey(house, asset));
    }

    private static boolean isSymbol(String code) {
        return code != null && SYMBOL.matcher(code).matches();
    }

    private Optional<Asset> load(String code) {
        return jdbi.withHandle(handle -> {
            Optional<Asset> asset = handle.createQuery("SELECT code, kind, scale FROM assets WHERE code = :code")
                    .bind("code", code)
                    .map((row, context) -> new Asset(
                            row.getString("code"),
                            Asset.Kind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)),
                            row.getInt("scale")))
                    .findOne();
            asset.ifPresent(found -> {
                loadHouseAccounts(handle, code);
                assets.put(code, found);
            });
            return asset;
        });
    }

    private void loadHouseAccounts(Handle handle, String code) {
        for (House house : House.values()) {
            handle.createQuery("SELECT id FROM accounts WHERE house = :house AND asset = :asset")
                    .bind("house", house.column())
                    .bind("asset", code)
                    .mapTo(Long.class)
                    .findOne()
                    .ifPresent(id -> houseAccounts.put(new HouseKey(house, code), new HouseAccount(id, code)));
        }
    }

    private static void insert(Handle tx, String symbol) {
        tx.createUpdate("INSERT INTO assets (code, kind, scale) VALUES (:code, 'security', 0) ON CONFLICT DO NOTHING")
                .bind("code", symbol)
                .execute();
        tx.createUpdate("INSERT INTO accounts (house, asset) VALUES (:house, :asset) ON CONFLICT DO NOTHING")
                .bind("house", House.BACK_OFFICE.column())
                .bind("asset", symbol)
                .execute();
    }
}
