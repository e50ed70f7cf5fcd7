package com.brokerx.orders.trade;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** How far the event logs have been reported. */
final class ReportStore {

    private ReportStore() {}

    /** The last entry that was gathered; 0 where nothing was. */
    static long reportedTo(Handle handle, UUID clientId) {
        return handle.createQuery("SELECT reported_sequence FROM client_reports WHERE client_id = :client")
                .bind("client", clientId)
                .mapTo(Long.class)
                .findOne()
                .orElse(0L);
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
