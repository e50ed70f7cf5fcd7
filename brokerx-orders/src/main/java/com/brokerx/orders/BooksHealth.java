package com.brokerx.orders;

import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.writer.Leases;
import com.codahale.metrics.health.HealthCheck;
import java.util.List;

/** Healthy while every book has an owner that this instance knows of. */
final class BooksHealth extends HealthCheck {

    private final Leases leases;
    private final Instruments instruments;

    BooksHealth(Leases leases, Instruments instruments) {
        this.leases = leases;
        this.instruments = instruments;
    }

    @Override
    protected Result check() {
        List<String> orphans = instruments.all().stream()
                .map(Instrument::symbol)
                .filter(symbol -> !leases.hasOwner(symbol))
                .toList();
        return orphans.isEmpty() ? Result.healthy() : Result.unhealthy("books without an owner: " + orphans);
    }
}
