package com.brokerx.local.reconcile;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.json.Times;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.facades.http.FacadeSettings;
import com.brokerx.facades.reconciliation.Finding;
import com.brokerx.facades.reconciliation.HttpReconcilable;
import com.brokerx.facades.reconciliation.Reconcilable;
import com.brokerx.facades.reconciliation.Reconciliation;
import com.brokerx.facades.reconciliation.Report;
import com.brokerx.local.UserError;
import com.google.errorprone.annotations.FormatMethod;
import io.prometheus.client.CollectorRegistry;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;

/**
 * {@code ./brokerx reconcile}: has portfolios and orders check their own books, and compares them with each other, while trading goes on.
 * Prints a table, and below it every difference by name.
 */
public final class Reconcile {

    /** How long an event may be under way. */
    public static final Duration PATIENCE = Duration.ofSeconds(20);
    /** A report reads whole tables. */
    private static final io.dropwizard.util.Duration DEADLINE = io.dropwizard.util.Duration.minutes(10);
    /** The development default, see brokerx-portfolios/config/development.yml. */
    private static final String DEVELOPMENT_TOKEN = "dev-internal-token";

    private final Reconcilable portfolios;
    private final Reconcilable orders;
    private final Duration patience;
    private final PrintStream out;
    private long differences;

    /**
     * @param portfolios where that service is
     * @param orders where one of its instances is
     * @param patience how long what differs may be under way before it counts
     */
    public Reconcile(URI portfolios, URI orders, Duration patience, PrintStream out) {
        HttpClient http = Foundation.newHttpClient();
        FacadeMetrics metrics = new FacadeMetrics(new CollectorRegistry());
        this.portfolios = books("portfolios", portfolios, http, metrics);
        this.orders = books("orders", orders, http, metrics);
        this.patience = patience;
        this.out = out;
    }

    private static Reconcilable books(String service, URI url, HttpClient http, FacadeMetrics metrics) {
        String token = System.getenv().getOrDefault("INTERNAL_TOKEN", DEVELOPMENT_TOKEN);
        FacadeSettings settings = new FacadeSettings(url, DEADLINE, 1, null, null, null, null, null, null);
        return new HttpReconcilable(new FacadeClient(service, settings, http, token, metrics), service);
    }

    /**
     * 0 when everything agrees, 1 when something does not.
     *
     * @throws UserError when a service does not answer
     */
    public int run() {
        Instant began = Instant.now();
        say("%-19s %-15s %11s", "WHERE", "CHECK", "DIFFERENCES");
        try {
            Report ledger = portfolios.report();
            show("portfolios", ledger);
            show("orders", orders.report());
            show(new Reconciliation(portfolios, orders, patience).full());
            say(
                    "%nThe hash chain is sealed up to entry %d; its head is %s.",
                    ledger.chain().sealedUpTo(), ledger.chain().head());
        } catch (UnavailableException e) {
            throw new UserError(e.getMessage() + ": ./brokerx status tells what runs, ./brokerx up starts it.");
        }
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1e3;
        say(
                "%s as of %s, after %.1f s.",
                differences == 0 ? "No differences" : differences + " DIFFERENCES", Times.format(began), seconds);
        return differences == 0 ? 0 : 1;
    }

    private void show(String service, Report report) {
        report.findings().forEach(finding -> show(service, finding, ""));
    }

    private void show(Reconciliation.Result result) {
        for (Finding finding : result.findings()) {
            String compared =
                    finding.check().equals("holds") ? result.holds() + " open orders" : result.trades() + " trades";
            show("portfolios, orders", finding, "  " + compared);
        }
    }

    private void show(String where, Finding finding, String note) {
        differences += finding.differences();
        say("%-19s %-15s %11d%s", where, finding.check(), finding.differences(), note);
        finding.examples().forEach(example -> say("    %s", example));
        long left = finding.differences() - finding.examples().size();
        if (left > 0) {
            say("    and %d more", left);
        }
    }

    @FormatMethod
    private void say(String format, Object... arguments) {
        out.println(format.formatted(arguments));
    }
}
