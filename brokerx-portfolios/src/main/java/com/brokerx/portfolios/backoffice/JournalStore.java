package com.brokerx.portfolios.backoffice;

import java.math.BigDecimal;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The back office's own entries. */
@RegisterConstructorMapper(JournalStore.Price.class)
interface JournalStore {

    /** What a share was last worth. */
    record Price(BigDecimal price, String currency) {}

    @SqlUpdate("""
            INSERT INTO journals (id, client_id, account_id, asset, amount, reason, request_id, created_at)
            VALUES (:j.id, :j.clientId, :j.accountId, :j.asset, :j.amount, :j.reason, :j.requestId, :j.createdAt)""")
    void add(@BindMethods("j") Journal journal);

    @SqlQuery("SELECT price, currency FROM prices WHERE symbol = :symbol")
    Optional<Price> price(@Bind("symbol") String symbol);
}
