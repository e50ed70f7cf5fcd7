package com.brokerx.orders;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.ServiceApplication;
import com.brokerx.commons.auth.Authentication;
import com.brokerx.commons.auth.TokenVerifier;
import com.brokerx.facades.clients.HttpClientsFacade;
import com.brokerx.facades.clients.IdentityHealth;
import com.brokerx.facades.clients.RemoteIdentity;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.time.InstantSource;

/** The orders service in a process of its own. */
public final class OrdersApplication extends ServiceApplication<OrdersConfiguration> {

    private final Foundation foundation;
    private final FacadeMetrics facadeMetrics;
    private final OrdersBundle<OrdersConfiguration> orders;
    /** Made when the configuration is known. */
    private TokenVerifier verifier;

    public OrdersApplication() {
        this(InstantSource.system());
    }

    /** @param clock the time that the service goes by */
    public OrdersApplication(InstantSource clock) {
        foundation = new Foundation(clock);
        facadeMetrics = new FacadeMetrics(foundation.metrics());
        orders = new OrdersBundle<>(OrdersConfiguration::orders, foundation, facadeMetrics, () -> verifier);
    }

    public static void main(String[] arguments) throws Exception {
        new OrdersApplication().run(arguments);
    }

    @Override
    public String getName() {
        return "orders";
    }

    @Override
    public void initialize(Bootstrap<OrdersConfiguration> bootstrap) {
        bootstrap.addBundle(foundation);
        bootstrap.addBundle(orders);
    }

    @Override
    public void run(OrdersConfiguration configuration, Environment environment) {
        FacadeClient clients = new FacadeClient(
                "clients",
                configuration.clients(),
                foundation.http(),
                configuration.service().internalToken(),
                facadeMetrics);
        RemoteIdentity identity = new RemoteIdentity(new HttpClientsFacade(clients), foundation.clock());
        environment.lifecycle().manage(identity);
        environment.healthChecks().register("orders-clients", new IdentityHealth(identity));
        verifier = new TokenVerifier(configuration.tokens(), identity, identity, foundation.clock());
        Authentication.install(environment, verifier);
    }
}
