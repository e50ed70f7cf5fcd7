package com.brokerx.commons.migration;

import com.brokerx.commons.database.Database;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.db.DataSourceFactory;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * {@code copy-data --from URL --to URL [--rehearse] [--replace]}: {@link DataCopy} from a service's own image, as DATABASE_OWNER where there
 * is one, otherwise as DATABASE_USER. Brings the target's schema to this image's version first, as a start of the service would.
 */
public final class CopyDataCommand extends Command {

    public CopyDataCommand() {
        super("copy-data", "Copies a service's data from one database or schema to another and verifies it");
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("--from")
                .required(true)
                .help("JDBC URL of the source, for example jdbc:postgresql://host/brokerx?currentSchema=orders");
        parser.addArgument("--to").required(true).help("JDBC URL of the target");
        parser.addArgument("--rehearse")
                .action(Arguments.storeTrue())
                .help("do everything on a snapshot, verify it, and roll it back");
        parser.addArgument("--replace").action(Arguments.storeTrue()).help("give up what the target holds by itself");
    }

    @Override
    public void run(Bootstrap<?> bootstrap, Namespace namespace) throws SQLException, IOException {
        DataSourceFactory target = new DataSourceFactory();
        target.setUrl(namespace.getString("to"));
        // Whoever owns the tables: the copy empties them and suspends their triggers.
        boolean owned = !environment("DATABASE_OWNER", "").isBlank();
        target.setUser(environment(owned ? "DATABASE_OWNER" : "DATABASE_USER", "postgres"));
        target.setPassword(environment(owned ? "DATABASE_OWNER_PASSWORD" : "DATABASE_PASSWORD", ""));
        Database.migrate(target, bootstrap.getApplication().getName() + "/migrations.xml");
        new DataCopy(namespace.getString("from"), target.getUrl(), target.getUser(), target.getPassword(), System.out)
                .run(namespace.getBoolean("rehearse"), namespace.getBoolean("replace"));
    }

    private static String environment(String name, String otherwise) {
        return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable e) {
        if (e instanceof CopyException || Database.isUnreachable(e)) {
            cli.getStdErr().println(e.getMessage());
        } else {
            super.onError(cli, namespace, e);
        }
    }
}
