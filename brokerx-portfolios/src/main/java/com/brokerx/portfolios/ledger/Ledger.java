package com.brokerx.portfolios.ledger;

import com.brokerx.commons.database.Pipeline;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The way to the accounts: lock what a transaction needs, post journals to it, store all of it together. Nothing else in the service
 * changes a balance.
 */
public final class Ledger {

    private static final int JOURNAL_BLOCK = 1000;

    private long nextJournal;
    private long journalsLeft;

    /**
     * Locks the clients' accounts for orders until the transaction ends; those that do not exist are not in the posting. A transaction locks
     * once: to lock again could make two transactions wait for each other.
     */
    public Posting lock(Handle tx, Collection<AccountKey> keys) {
        Pipeline pipeline = new Pipeline(tx);
        Supplier<Posting> posting = lock(pipeline, keys);
        pipeline.run();
        return posting.get();
    }

    /** As above, together with other statements; the posting is there when they have run. */
    public Supplier<Posting> lock(Pipeline pipeline, Collection<AccountKey> keys) {
        List<AccountKey> wanted = keys.stream().distinct().toList();
        var locked = LedgerStore.lockByKey(
                pipeline,
                wanted.stream().map(AccountKey::clientId).toArray(UUID[]::new),
                wanted.stream().map(AccountKey::asset).toArray(String[]::new));
        return () -> posting(locked.rows());
    }

    /** Locks one account, which need not be one for orders. */
    public Posting lock(Handle tx, long accountId) {
        Pipeline pipeline = new Pipeline(tx);
        var locked = LedgerStore.lockById(pipeline, new long[] {accountId});
        pipeline.run();
        return posting(locked.rows());
    }

    /** Stores what was posted; the database checks once more that journals are balanced and no balance is below zero. */
    public void store(Handle tx, Posting posting) {
        Pipeline pipeline = new Pipeline(tx);
        store(pipeline, posting);
        pipeline.run();
    }

    /** As above, together with other statements. */
    public void store(Pipeline pipeline, Posting posting) {
        if (!posting.entries().isEmpty()) {
            long[] journals = takeJournals(pipeline.transaction(), posting.journals());
            LedgerStore.store(pipeline, changes(posting), entries(posting, journals), posting.at());
        }
    }

    /** The database's time after the last lock was had, so that an account's entries never run backwards. */
    private static Posting posting(List<LedgerStore.Row> rows) {
        Instant at = rows.stream()
                .flatMap(row -> Stream.of(row.readAt(), row.updatedAt()))
                .max(Comparator.naturalOrder())
                .orElse(Instant.EPOCH);
        return new Posting(rows.stream().map(LedgerStore.Row::account).toList(), at);
    }

    private static LedgerStore.Changes changes(Posting posting) {
        List<OpenAccount> changed = posting.changed();
        return new LedgerStore.Changes(
                changed.stream().mapToLong(OpenAccount::id).toArray(),
                changed.stream()
                        .mapToLong(open -> open.available() - open.before().available())
                        .toArray(),
                changed.stream()
                        .mapToLong(open -> open.held() - open.before().held())
                        .toArray(),
                changed.stream().mapToLong(open -> open.position().cost()).toArray(),
                changed.stream().mapToLong(open -> open.position().realized()).toArray());
    }

    private static LedgerStore.NewEntries entries(Posting posting, long[] journalIds) {
        List<Entry> entries = posting.entries();
        List<Line> lines = entries.stream().map(Entry::line).toList();
        return new LedgerStore.NewEntries(
                entries.stream().mapToLong(entry -> journalIds[entry.journal()]).toArray(),
                lines.stream().mapToLong(line -> line.account().id()).toArray(),
                lines.stream().map(line -> line.account().asset()).toArray(String[]::new),
                lines.stream().map(line -> line.type().wireName()).toArray(String[]::new),
                lines.stream().mapToLong(Line::available).toArray(),
                lines.stream().mapToLong(Line::held).toArray(),
                entries.stream().map(Entry::availableAfter).toArray(Long[]::new),
                entries.stream().map(Entry::heldAfter).toArray(Long[]::new),
                lines.stream().map(Line::reference).toArray(UUID[]::new));
    }

    /** Numbers of a rolled back transaction are lost, which is harmless: they only tell journals apart. */
    private synchronized long[] takeJournals(Handle tx, int count) {
        long[] ids = new long[count];
        for (int i = 0; i < count; i++) {
            if (journalsLeft == 0) {
                nextJournal = LedgerStore.nextJournalBlock(tx);
                journalsLeft = JOURNAL_BLOCK;
            }
            ids[i] = nextJournal++;
            journalsLeft--;
        }
        return ids;
    }
}
