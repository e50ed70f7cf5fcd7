package com.brokerx.clients;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.ServiceApplication;
import com.brokerx.commons.auth.Authentication;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;

/** The clients service as a process of its own. */
public final class ClientsApplication extends ServiceApplication<ClientsConfiguration> {

    private final Foundation foundation;
    private final ClientsBundle<ClientsConfiguration> clients;

    public ClientsApplication() {
        this(new Foundation());
    }

    ClientsApplication(Foundation foundation) {
        this.foundation = foundation;
        this.clients = new ClientsBundle<>(ClientsConfiguration::clients, foundation);
    }

    public static void main(String[] arguments) throws Exception {
        new ClientsApplication().run(arguments);
    }

    @Override
    public String getName() {
        return "clients";
    }

    @Override
    public void initialize(Bootstrap<ClientsConfiguration> bootstrap) {
        bootstrap.addBundle(foundation);
        bootstrap.addBundle(clients);
    }

    @Override
    public void run(ClientsConfiguration configuration, Environment environment) {
        Authentication.install(environment, clients.verifier());
    }
}
