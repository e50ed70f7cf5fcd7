package com.brokerx.portfolios.ledger;

import jakarta.validation.Valid;

/**
 * @param seals how the hash chain is made
 * @param checks how often the ledger is checked
 */
public record LedgerSettings(
        @Valid SealSettings seals, @Valid CheckSettings checks) {

    public static final LedgerSettings DEFAULT = new LedgerSettings(null, null);

    public LedgerSettings {
        seals = seals == null ? new SealSettings(null, null) : seals;
        checks = checks == null ? new CheckSettings(null, null, null, null, null) : checks;
    }
}
