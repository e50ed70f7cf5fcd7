package com.brokerx.portfolios;

import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.EntryType;
import com.brokerx.portfolios.ledger.House;
import com.brokerx.portfolios.ledger.Line;
import com.brokerx.portfolios.ledger.OpenAccount;
import com.brokerx.portfolios.ledger.Posting;
import com.brokerx.portfolios.portfolio.Portfolios;
import java.util.List;
import java.util.UUID;

/** Gives test clients what they need, through the ledger. */
public record BackOffice(Services services) {

    /** @param amount in the asset's smallest unit */
    public void give(UUID client, String code, long amount) {
        give(client, code, amount, "USD");
    }

    /** @param currency in which shares are traded */
    public void give(UUID client, String code, long amount, String currency) {
        Asset asset = services.assets().findOrSymbol(code).orElseThrow();
        services.assets().register(asset);
        AccountKey key = new AccountKey(client, code);
        services.jdbi().useTransaction(tx -> {
            services.portfolios().ensure(tx, List.of(new Portfolios.Wanted(key, asset.isCurrency() ? code : currency)));
            Posting posting = services.ledger().lock(tx, List.of(key));
            OpenAccount account = posting.require(key);
            UUID reference = UUID.randomUUID();
            posting.journal(List.of(
                    new Line(account, EntryType.JOURNAL, amount, 0, reference),
                    new Line(
                            services.assets().house(House.BACK_OFFICE, code),
                            EntryType.JOURNAL,
                            -amount,
                            0,
                            reference)));
            services.ledger().store(tx, posting);
        });
    }
}
