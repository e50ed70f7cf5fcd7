package com.brokerx.commons.outbox;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The relay's view of the outbox. */
@RegisterConstructorMapper(OutboxStore.Row.class)
interface OutboxStore {

    record Row(
            long id,
            UUID eventId,
            String aggregate,
            String type,
            String payload,
            String requestId,
            String traceparent,
            Instant occurredAt) {}

    /** Takes or renews the right to deliver to a destination; 0 while another relay holds it. */
    @SqlUpdate("""
            INSERT INTO outbox_leases AS lease (destination, owner, expires_at)
            VALUES (:destination, :owner, clock_timestamp() + make_interval(secs => :seconds))
            ON CONFLICT (destination) DO UPDATE SET owner = excluded.owner, expires_at = excluded.expires_at
            WHERE lease.owner = excluded.owner OR lease.expires_at < clock_timestamp()""")
    int lease(@Bind("destination") String destination, @Bind("owner") String owner, @Bind("seconds") long seconds);

    @SqlUpdate("DELETE FROM outbox_leases WHERE destination = :destination AND owner = :owner")
    void release(@Bind("destination") String destination, @Bind("owner") String owner);

    /** What is due, in order; an aggregate that waits for its retry or is parked is left out whole. */
    @SqlQuery("""
            SELECT o.id, o.event_id, o.aggregate, o.type, o.payload, o.request_id, o.traceparent, o.occurred_at
            FROM outbox o
            WHERE o.destination = :destination
              AND o.aggregate <> ALL (ARRAY(
                  SELECT f.aggregate FROM outbox_failures f
                  WHERE f.destination = :destination
                    AND (f.parked_at IS NOT NULL OR f.next_attempt_at > clock_timestamp())))
            ORDER BY o.id
            LIMIT :limit""")
    List<Row> due(@Bind("destination") String destination, @Bind("limit") int limit);

    @SqlUpdate("DELETE FROM outbox WHERE destination = :destination AND id = ANY(:ids)")
    void delete(@Bind("destination") String destination, @Bind("ids") long[] ids);

    @SqlUpdate("DELETE FROM outbox_failures WHERE destination = :destination AND aggregate = ANY(:aggregates)")
    void forgive(@Bind("destination") String destination, @Bind("aggregates") String[] aggregates);

    @SqlQuery("""
            INSERT INTO outbox_failures AS f (destination, aggregate, attempts, next_attempt_at, last_error)
            VALUES (:destination, :aggregate, 1, clock_timestamp() + make_interval(secs => :seconds), :error)
            ON CONFLICT (destination, aggregate) DO UPDATE SET
                attempts = f.attempts + 1,
                last_error = excluded.last_error,
                next_attempt_at = clock_timestamp()
                    + make_interval(secs => least(:longest, :seconds * power(2, least(f.attempts, 30)))),
                parked_at = CASE WHEN f.attempts + 1 >= :parkAfter THEN clock_timestamp() END
            RETURNING attempts""")
    int fail(
            @Bind("destination") String destination,
            @Bind("aggregate") String aggregate,
            @Bind("error") String error,
            @Bind("seconds") double seconds,
            @Bind("longest") double longest,
            @Bind("parkAfter") int parkAfter);

    /** Sets every parked or waiting aggregate free for another attempt at once. */
    @SqlUpdate("DELETE FROM outbox_failures")
    int driveAgain();

    @SqlQuery("SELECT count(*) FROM outbox_failures WHERE parked_at IS NOT NULL")
    long parked();

    @SqlQuery("SELECT coalesce(extract(epoch FROM clock_timestamp() - min(occurred_at)), 0) FROM outbox")
    double lagSeconds();

    @SqlQuery("SELECT count(*) FROM outbox")
    long waiting();
}
