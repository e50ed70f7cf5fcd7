package com.brokerx.facades.http;

import com.codahale.metrics.health.HealthCheck;

/** Unhealthy while calls to another service are refused because too many of them failed. */
public final class BreakerHealth extends HealthCheck {

    private final FacadeClient client;
    private final String consequence;

    /** @param consequence what does not work meanwhile, for whoever reads the health check */
    public BreakerHealth(FacadeClient client, String consequence) {
        this.client = client;
        this.consequence = consequence;
    }

    @Override
    protected Result check() {
        return client.isBreakerOpen() ? Result.unhealthy(consequence) : Result.healthy();
    }
}
