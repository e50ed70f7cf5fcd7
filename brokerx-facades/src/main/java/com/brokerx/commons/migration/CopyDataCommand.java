package com.brokerx.commons.migration;

import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.io.IOException;
import java.sql.SQLException;
import net.sourceforge.argparse4j.impl.Arguments;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/** {@code copy-data --from URL --to URL [--rehearse] [--replace]}: {@link DataCopy} from a service's own image. */
public final class CopyDataCommand extends Command {

    public CopyDataCommand() {
        super("copy-data", "Copies a service's data from one database or schema to another and verifies it");
    }

    @Override
    public void configure(Subparser parser) {
        parser.addArgument("--from")
                .required(true)
                .help(
                        "JDBC URL of the source, for example jdbc:postgresql://host/brokerx?currentSchema=orders&user=…&password=…");
        parser.addArgument("--to").required(true).help("JDBC URL of the target, whose tables are there");
        parser.addArgument("--rehearse")
                .action(Arguments.storeTrue())
                .help("do everything on a snapshot, verify it, and roll it back");
        parser.addArgument("--replace").action(Arguments.storeTrue()).help("give up what the target holds by itself");
    }

    @Override
    public void run(Bootstrap<?> bootstrap, Namespace namespace) throws SQLException, IOException {
        new DataCopy(namespace.getString("from"), namespace.getString("to"), System.out)
                .run(namespace.getBoolean("rehearse"), namespace.getBoolean("replace"));
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable e) {
        if (e instanceof CopyException refused) {
            cli.getStdErr().println(refused.getMessage());
        } else {
            super.onError(cli, namespace, e);
        }
    }
}
