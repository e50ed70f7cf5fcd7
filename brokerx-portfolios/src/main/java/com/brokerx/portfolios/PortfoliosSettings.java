package com.brokerx.portfolios;

import com.brokerx.commons.app.ServiceSettings;
import com.brokerx.commons.database.DatabaseOwner;
import com.brokerx.commons.outbox.OutboxSettings;
import com.brokerx.commons.outbox.WebhookSettings;
import com.brokerx.facades.http.FacadeSettings;
import com.brokerx.portfolios.cash.CashSettings;
import com.brokerx.portfolios.history.HistorySettings;
import com.brokerx.portfolios.ledger.LedgerSettings;
import com.brokerx.portfolios.portfolio.PortfolioSettings;
import com.brokerx.portfolios.reservation.ReservationSettings;
import io.dropwizard.db.DataSourceFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;

/**
 * The section {@code portfolios} of the configuration.
 *
 * @param database the service's own PostgreSQL
 * @param databaseOwner who owns the tables, if that is not the database's user
 * @param webhooks how deliveries of other services' events are checked
 * @param outbox who hears of this service's events
 * @param orders where the orders service is, to compare the ledger with it; without it nothing is compared
 */
public record PortfoliosSettings(
        @NotNull @Valid DataSourceFactory database,
        @Valid DatabaseOwner databaseOwner,
        @NotNull @Valid WebhookSettings webhooks,
        @NotNull @Valid OutboxSettings outbox,
        @Valid FacadeSettings orders,
        @Valid PortfolioSettings portfolios,
        @Valid HistorySettings history,
        @Valid CashSettings cash,
        @Valid ReservationSettings reservations,
        @Valid LedgerSettings ledger) {

    public PortfoliosSettings {
        portfolios = portfolios == null ? PortfolioSettings.DEFAULT : portfolios;
        history = history == null ? HistorySettings.DEFAULT : history;
        cash = cash == null ? CashSettings.DEFAULT : cash;
        reservations = reservations == null ? ReservationSettings.DEFAULT : reservations;
        ledger = ledger == null ? LedgerSettings.DEFAULT : ledger;
    }

    /** @throws IllegalStateException when production would start with a secret that is not its own */
    void requireFitFor(ServiceSettings service) {
        outbox.requireOwnSecrets(service);
        webhooks.secrets().forEach(secret -> service.requireOwnSecret("portfolios.webhooks.secrets", secret));
    }
}
