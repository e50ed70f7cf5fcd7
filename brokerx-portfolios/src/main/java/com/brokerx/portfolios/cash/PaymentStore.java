package com.brokerx.portfolios.cash;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Deposits and withdrawals. */
@RegisterConstructorMapper(Payment.class)
interface PaymentStore {

    String COLUMNS = """
            SELECT p.id, upper(p.kind) AS kind, p.client_id, p.portfolio_id, p.account_id, p.amount, p.currency, a.scale,
                   p.status, p.failure, p.idempotency_key, p.created_at, p.processed_at
            FROM payments p JOIN assets a ON a.code = p.currency
            """;

    @SqlUpdate("""
            INSERT INTO payments (id, kind, client_id, portfolio_id, account_id, amount, currency, idempotency_key,
                                  created_at, asked_at)
            VALUES (:p.id, lower(:p.kind), :p.clientId, :p.portfolioId, :p.accountId, :p.amount, :p.currency,
                    :p.idempotencyKey, :p.createdAt, :p.createdAt)""")
    void add(@BindMethods("p") Payment payment);

    @SqlQuery(COLUMNS + "WHERE p.id = :id FOR UPDATE OF p")
    Payment lock(@Bind("id") UUID id);

    @SqlUpdate("""
            UPDATE payments SET status = :p.status, failure = :p.failure, processed_at = :p.processedAt,
                                provider_reference = :reference
            WHERE id = :p.id""")
    void decide(@BindMethods("p") Payment payment, @Bind("reference") String providerReference);

    @SqlQuery(COLUMNS + "WHERE p.id = :id AND p.client_id = :client AND p.kind = lower(:kind)")
    Optional<Payment> find(@Bind("client") UUID clientId, @Bind("kind") PaymentKind kind, @Bind("id") UUID id);

    @SqlQuery(COLUMNS + "WHERE p.client_id = :client AND p.kind = lower(:kind) AND p.idempotency_key = :key")
    Optional<Payment> findByKey(
            @Bind("client") UUID clientId, @Bind("kind") PaymentKind kind, @Bind("key") String idempotencyKey);

    @SqlQuery(COLUMNS + """
            WHERE p.client_id = :client AND p.kind = lower(:kind) AND (:before::uuid IS NULL OR p.id < :before)
            ORDER BY p.id DESC LIMIT :limit""")
    List<Payment> list(
            @Bind("client") UUID clientId,
            @Bind("kind") PaymentKind kind,
            @Bind("before") UUID before,
            @Bind("limit") int limit);

    @SqlQuery("SELECT EXISTS (SELECT FROM payments WHERE id = :id)")
    boolean exists(@Bind("id") UUID id);

    /** Takes up payments that nobody has asked about since {@code before}; other instances get others. */
    @SqlQuery("""
            WITH due AS (SELECT id FROM payments WHERE status = 'pending' AND asked_at < :before
                         ORDER BY asked_at LIMIT :limit FOR UPDATE SKIP LOCKED),
                 p AS (UPDATE payments SET asked_at = :now FROM due WHERE payments.id = due.id RETURNING payments.*)
            SELECT p.id, upper(p.kind) AS kind, p.client_id, p.portfolio_id, p.account_id, p.amount, p.currency, a.scale,
                   p.status, p.failure, p.idempotency_key, p.created_at, p.processed_at
            FROM p JOIN assets a ON a.code = p.currency""")
    List<Payment> takeUp(@Bind("before") Instant before, @Bind("now") Instant now, @Bind("limit") int limit);

    @SqlQuery("SELECT count(*) FROM payments WHERE status = 'pending'")
    long countPending();
}
