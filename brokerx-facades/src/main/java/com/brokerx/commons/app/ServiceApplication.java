package com.brokerx.commons.app;

import ch.qos.logback.classic.LoggerContext;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A program of BrokerX. Why one cannot start stands in its log like anything else, so that in production it is one line of JSON. */
public abstract class ServiceApplication<C extends Configuration> extends Application<C> {

    private static final Logger LOG = LoggerFactory.getLogger(ServiceApplication.class);

    @Override
    protected void addDefaultCommands(Bootstrap<C> bootstrap) {
        bootstrap.addCommand(new Start<>(this));
        bootstrap.addCommand(new CheckCommand<>(this));
    }

    /**
     * Ends the process once everything logged is written. Dropwizard waits only until no line is queued, and the last, which says why, is
     * then still in the hands of the thread that writes.
     */
    @Override
    protected void onFatalError(Throwable failed) {
        ((LoggerContext) LoggerFactory.getILoggerFactory()).stop();
        super.onFatalError(failed);
    }

    private static final class Start<C extends Configuration> extends ServerCommand<C> {

        private boolean logged;

        Start(Application<C> application) {
            super(application);
        }

        @Override
        protected void run(Bootstrap<C> bootstrap, Namespace namespace, C configuration) throws Exception {
            try {
                super.run(bootstrap, namespace, configuration);
            } catch (Exception failed) {
                LOG.error("{} cannot start", bootstrap.getApplication().getName(), failed);
                logged = true;
                throw failed;
            }
        }

        /** What is wrong with a configuration is told as it always was: there is no log before it has been read. */
        @Override
        public void onError(Cli cli, Namespace namespace, Throwable failed) {
            if (!logged) {
                super.onError(cli, namespace, failed);
            }
        }
    }
}
