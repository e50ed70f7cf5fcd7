package com.brokerx.portfolios.ledger;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;

/**
 * @param interval how often new entries are sealed; 1 s if left out
 * @param blockSize entries under one seal at most; 5,000 if left out
 */
public record SealSettings(Duration interval, @Min(1) Integer blockSize) {

    public SealSettings {
        interval = interval == null ? Duration.seconds(1) : interval;
        blockSize = blockSize == null ? 5000 : blockSize;
    }
}
