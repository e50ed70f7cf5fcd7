package com.brokerx.portfolios.reconciliation;

import com.brokerx.commons.database.Database;
import com.brokerx.facades.reconciliation.Report;
import com.brokerx.portfolios.PortfoliosConfiguration;
import com.brokerx.portfolios.ledger.LedgerCheck;
import com.brokerx.portfolios.ledger.LedgerException;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ConfiguredCommand;
import io.dropwizard.core.setup.Bootstrap;
import net.sourceforge.argparse4j.inf.Namespace;

/** {@code check-ledger FILE}: recomputes the whole ledger, chain included, and fails on any difference. Trading may go on. */
public final class CheckLedgerCommand extends ConfiguredCommand<PortfoliosConfiguration> {

    public CheckLedgerCommand() {
        super("check-ledger", "Verifies the hash chain, and balances and holds against the entries they come from");
    }

    @Override
    protected void run(
            Bootstrap<PortfoliosConfiguration> bootstrap, Namespace namespace, PortfoliosConfiguration configuration) {
        Report report =
                new LedgerCheck(Database.openOnce(configuration.portfolios().database())).full();
        LedgerCheck.describe(report).forEach(System.out::println);
        if (!report.ok()) {
            throw new LedgerException(report.differences() + " differences");
        }
    }

    @Override
    public void onError(Cli cli, Namespace namespace, Throwable failed) {
        cli.getStdErr().println(failed instanceof LedgerException ? failed.getMessage() : failed.toString());
    }
}
