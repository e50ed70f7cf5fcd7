package com.brokerx.commons.outbox;

import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Remembers which events were acted upon, in the transaction of their effect, so that a repeat does nothing. */
public final class Inbox {

    private Inbox() {}

    /** Those of {@code eventIds} that are new; from now on they are known. Waits for another transaction that has the same ones. */
    public static Set<UUID> accept(Handle transaction, Collection<UUID> eventIds) {
        // Sorted, so that two deliveries of overlapping batches cannot wait for each other.
        UUID[] ids = eventIds.stream().sorted().distinct().toArray(UUID[]::new);
        return transaction.createQuery("""
                        INSERT INTO inbox (event_id) SELECT unnest(:ids::uuid[]) ON CONFLICT DO NOTHING
                        RETURNING event_id""").bind("ids", ids).mapTo(UUID.class).stream()
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Forgets events received longer than {@code days} ago; senders give up far earlier. */
    public static int purge(Handle transaction, int days) {
        return transaction
                .createUpdate("DELETE FROM inbox WHERE received_at < now() - make_interval(days => :days)")
                .bind("days", days)
                .execute();
    }
}
