package com.brokerx.monolith;

import com.brokerx.clients.ClientsBundle;
import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.ServiceApplication;
import com.brokerx.commons.auth.Authentication;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.orders.OrdersBundle;
import com.brokerx.portfolios.PortfoliosBundle;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.util.List;

/**
 * The services in one process: the same resources and the same rules, on one port. The fallback when the services cannot be run, and
 * where a migration to them begins (docs/migration.md). Facades and webhooks go over HTTP to this process's own port, so that nothing
 * works differently here.
 */
public final class MonolithApplication extends ServiceApplication<MonolithConfiguration> {

    private final Foundation foundation = new Foundation();
    private final FacadeMetrics facadeMetrics = new FacadeMetrics(foundation.metrics());
    private final ClientsBundle<MonolithConfiguration> clients =
            new ClientsBundle<>(MonolithConfiguration::clients, foundation);

    public static void main(String[] arguments) throws Exception {
        new MonolithApplication().run(arguments);
    }

    @Override
    public String getName() {
        return "monolith";
    }

    @Override
    public void initialize(Bootstrap<MonolithConfiguration> bootstrap) {
        bootstrap.setConfigurationSourceProvider(new ServiceSections(
                bootstrap.getConfigurationSourceProvider(),
                new EnvironmentVariableSubstitutor(false),
                List.of("clients", "portfolios", "orders")));
        bootstrap.addBundle(foundation);
        bootstrap.addBundle(clients);
        bootstrap.addBundle(new PortfoliosBundle<>(MonolithConfiguration::portfolios, foundation, facadeMetrics));
        bootstrap.addBundle(
                new OrdersBundle<>(MonolithConfiguration::orders, foundation, facadeMetrics, clients::verifier));
    }

    @Override
    public void run(MonolithConfiguration configuration, Environment environment) {
        Authentication.install(environment, clients.verifier());
    }
}
