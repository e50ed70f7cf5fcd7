package com.brokerx.orders.trade;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How far the event logs have been reported. */
final class ReportStore {

    private ReportStore() {}

    /**
     * How a client's log stands.
     *
     * @param reported the last entry that was gathered; 0 where nothing was
     * @param last the last entry that there is
     */
    record Progress(long reported, long last) {}

    static Progress progress(Handle handle, UUID clientId) {
        return handle.createQuery("""
                        SELECT coalesce(r.reported_sequence, 0) AS reported, l.last_sequence
                        FROM client_logs l LEFT JOIN client_reports r ON r.client_id = l.client_id
                        WHERE l.client_id = :client""")
                .bind("client", clientId)
                .map((row, context) -> new Progress(row.getLong("reported"), row.getLong("last_sequence")))
                .findOne()
                .orElse(new Progress(0, 0));
    }

    /** Returns false when another instance was quicker. */
    static boolean advance(Handle transaction, UUID clientId, long from, long to) {
        return transaction
                        .createUpdate("""
                                INSERT INTO client_reports AS r (client_id, reported_sequence) VALUES (:client, :to)
                                ON CONFLICT (client_id) DO UPDATE SET reported_sequence = excluded.reported_sequence
                                WHERE r.reported_sequence = :from""")
                        .bind("client", clientId)
                        .bind("from", from)
                        .bind("to", to)
                        .execute()
                == 1;
    }

    /** Clients whose logs go on behind what was reported. */
    static List<UUID> behind(Handle handle, int limit) {
        return handle.createQuery("""
                        SELECT l.client_id FROM client_logs l
                        WHERE NOT EXISTS (SELECT FROM client_reports r
                                          WHERE r.client_id = l.client_id AND r.reported_sequence >= l.last_sequence)
                        LIMIT :limit""").bind("limit", limit).mapTo(UUID.class).list();
    }
}
