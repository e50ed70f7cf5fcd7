package com.brokerx.orders.writer;

import com.brokerx.commons.batch.GroupCommitSettings;
import io.dropwizard.util.Duration;
import jakarta.validation.Valid;

/**
 * How commands reach the books.
 *
 * @param patience how long a request waits for its book, a change of owner included; 3 s if left out
 * @param expiryEvery how often orders whose time is over are looked for; 1 s if left out
 * @param forwardDeadline how long one attempt to pass commands on to another instance may take; 2.5 s if left out
 * @param batches of the writer itself; it has one worker
 * @param forwards of commands that are passed on
 * @param leases how the instances share the books
 */
public record WriterSettings(
        Duration patience,
        Duration expiryEvery,
        Duration forwardDeadline,
        @Valid GroupCommitSettings batches,
        @Valid GroupCommitSettings forwards,
        @Valid LeaseSettings leases) {

    public static final WriterSettings DEFAULT = new WriterSettings(null, null, null, null, null, null);

    private static final int FORWARDS_AT_ONCE = 4;

    public WriterSettings {
        patience = patience == null ? Duration.seconds(3) : patience;
        expiryEvery = expiryEvery == null ? Duration.seconds(1) : expiryEvery;
        forwardDeadline = forwardDeadline == null ? Duration.milliseconds(2500) : forwardDeadline;
        batches = batches == null ? GroupCommitSettings.DEFAULT : batches;
        forwards = forwards == null ? new GroupCommitSettings(null, null, FORWARDS_AT_ONCE, null, null) : forwards;
        leases = leases == null ? new LeaseSettings(null, null) : leases;
        if (batches.workers() != 1) {
            throw new IllegalArgumentException("a book has one writer: writer.batches.workers has to be 1");
        }
    }
}
