package com.brokerx.portfolios;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.ServiceApplication;
import com.brokerx.commons.auth.Authentication;
import com.brokerx.commons.auth.TokenVerifier;
import com.brokerx.facades.clients.HttpClientsFacade;
import com.brokerx.facades.clients.IdentityHealth;
import com.brokerx.facades.clients.RemoteIdentity;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.portfolios.reconciliation.CheckLedgerCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;

/** The portfolios service by itself: who has what. */
public final class PortfoliosApplication extends ServiceApplication<PortfoliosConfiguration> {

    private final Foundation foundation = new Foundation();
    private final FacadeMetrics facadeMetrics = new FacadeMetrics(foundation.metrics());

    public static void main(String[] arguments) throws Exception {
        new PortfoliosApplication().run(arguments);
    }

    @Override
    public String getName() {
        return "portfolios";
    }

    @Override
    public void initialize(Bootstrap<PortfoliosConfiguration> bootstrap) {
        bootstrap.addCommand(new CheckLedgerCommand());
        bootstrap.addBundle(foundation);
        bootstrap.addBundle(new PortfoliosBundle<>(PortfoliosConfiguration::portfolios, foundation, facadeMetrics));
    }

    @Override
    public void run(PortfoliosConfiguration configuration, Environment environment) {
        FacadeClient clients = new FacadeClient(
                "clients",
                configuration.clients(),
                foundation.http(),
                configuration.service().internalToken(),
                facadeMetrics);
        RemoteIdentity identity = new RemoteIdentity(new HttpClientsFacade(clients), foundation.clock());
        environment.lifecycle().manage(identity);
        environment.healthChecks().register("portfolios-clients", new IdentityHealth(identity));
        Authentication.install(
                environment, new TokenVerifier(configuration.tokens(), identity, identity, foundation.clock()));
    }
}
