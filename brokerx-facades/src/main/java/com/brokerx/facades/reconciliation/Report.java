package com.brokerx.facades.reconciliation;

import java.time.Instant;
import java.util.List;

/**
 * What a service found in its own books, all of it as of one moment.
 *
 * @param chain how far the hash chain goes; null where there is none
 */
public record Report(boolean ok, List<Finding> findings, Chain chain, Instant checkedAt) {

    /**
     * A chain of hashes over entries.
     *
     * @param sealedUpTo the last entry under it
     * @param head the last seal's hash; whoever noted an earlier one can ask for it again
     */
    public record Chain(long sealedUpTo, String head) {}

    public static Report of(List<Finding> findings, Chain chain, Instant checkedAt) {
        return new Report(findings.stream().allMatch(Finding::isRight), findings, chain, checkedAt);
    }

    public long differences() {
        return findings.stream().mapToLong(Finding::differences).sum();
    }
}
