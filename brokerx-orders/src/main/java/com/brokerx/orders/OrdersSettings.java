package com.brokerx.orders;

import com.brokerx.commons.app.ServiceSettings;
import com.brokerx.commons.database.DatabaseOwner;
import com.brokerx.commons.outbox.OutboxSettings;
import com.brokerx.facades.http.FacadeSettings;
import com.brokerx.orders.market.InstrumentSettings;
import com.brokerx.orders.market.MarketHoursSettings;
import com.brokerx.orders.order.OrderSettings;
import com.brokerx.orders.simulation.SimulationSettings;
import com.brokerx.orders.stream.StreamSettings;
import com.brokerx.orders.trade.ReportSettings;
import com.brokerx.orders.writer.WriterSettings;
import io.dropwizard.db.DataSourceFactory;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * The section {@code orders} of the configuration.
 *
 * @param advertisedUrl where other instances of this service reach this one; its port on localhost if left out
 * @param databaseOwner who owns the tables, where that is somebody else than the user of {@code database}; null otherwise
 * @param portfolios where funds are reserved
 * @param outbox who hears of trades and of orders that ended
 * @param instruments what is listed when the service first starts
 * @param marketHours when the market is open
 * @param placing how orders are taken
 * @param writer how they reach the books
 * @param reports how confirmation mails are gathered
 * @param simulation the market to practise in; none if left out
 * @param stream live updates
 */
public record OrdersSettings(
        String advertisedUrl,
        @Valid @NotNull DataSourceFactory database,
        @Valid DatabaseOwner databaseOwner,
        @Valid @NotNull FacadeSettings portfolios,
        @Valid @NotNull OutboxSettings outbox,
        @Valid @NotEmpty List<InstrumentSettings> instruments,
        @Valid @NotNull MarketHoursSettings marketHours,
        @Valid OrderSettings placing,
        @Valid WriterSettings writer,
        @Valid ReportSettings reports,
        @Valid SimulationSettings simulation,
        @Valid StreamSettings stream) {

    public OrdersSettings {
        placing = placing == null ? OrderSettings.DEFAULT : placing;
        writer = writer == null ? WriterSettings.DEFAULT : writer;
        reports = reports == null ? ReportSettings.DEFAULT : reports;
        simulation = simulation == null ? SimulationSettings.OFF : simulation;
        stream = stream == null ? StreamSettings.DEFAULT : stream;
    }

    /** @throws IllegalStateException when production would start with a development secret, or unreachable for its other instances */
    void requireFitFor(ServiceSettings service) {
        outbox.requireOwnSecrets(service);
        if (service.isProduction() && ownUrl().isEmpty()) {
            throw new IllegalStateException(
                    "production needs orders.advertisedUrl: where the other instances reach this one");
        }
    }

    Optional<URI> ownUrl() {
        return Optional.ofNullable(advertisedUrl).filter(url -> !url.isBlank()).map(URI::create);
    }
}
