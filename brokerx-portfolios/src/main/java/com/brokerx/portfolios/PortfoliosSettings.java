package com.brokerx.portfolios;

import com.brokerx.commons.outbox.OutboxSettings;
import com.brokerx.commons.outbox.WebhookSettings;
import com.brokerx.portfolios.cash.CashSettings;
import com.brokerx.portfolios.portfolio.PortfolioSettings;
import com.brokerx.portfolios.reservation.ReservationSettings;
import io.dropwizard.db.DataSourceFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * The section {@code portfolios} of the configuration.
 *
 * @param database the service's own PostgreSQL
 * @param webhooks how deliveries of other services' events are checked
 * @param outbox who hears of this service's events
 */
public record PortfoliosSettings(
        @NotNull @Valid DataSourceFactory database,
        @NotNull @Valid WebhookSettings webhooks,
        @NotNull @Valid OutboxSettings outbox,
        @Valid PortfolioSettings portfolios,
        @Valid CashSettings cash,
        @Valid ReservationSettings reservations) {

    public PortfoliosSettings {
        portfolios = portfolios == null ? PortfolioSettings.DEFAULT : portfolios;
        cash = cash == null ? CashSettings.DEFAULT : cash;
        reservations = reservations == null ? ReservationSettings.DEFAULT : reservations;
    }
}
