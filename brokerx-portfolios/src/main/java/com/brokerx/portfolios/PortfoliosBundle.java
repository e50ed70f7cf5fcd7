package com.brokerx.portfolios;

import com.brokerx.commons.app.Foundation;
import com.brokerx.commons.app.ServiceConfiguration;
import com.brokerx.commons.app.ServiceSettings;
import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.database.Database;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.outbox.OutboxRelay;
import com.brokerx.commons.outbox.WebhookReceiver;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeMetrics;
import com.brokerx.facades.reconciliation.HttpReconcilable;
import com.brokerx.facades.reconciliation.Reconciliation;
import com.brokerx.portfolios.backoffice.JournalResource;
import com.brokerx.portfolios.backoffice.JournalService;
import com.brokerx.portfolios.cash.CallbackResource;
import com.brokerx.portfolios.cash.DepositResource;
import com.brokerx.portfolios.cash.PaymentBooking;
import com.brokerx.portfolios.cash.PaymentService;
import com.brokerx.portfolios.cash.PendingPayments;
import com.brokerx.portfolios.cash.SimulatedProvider;
import com.brokerx.portfolios.cash.WithdrawalResource;
import com.brokerx.portfolios.history.BalanceResource;
import com.brokerx.portfolios.history.HistoryService;
import com.brokerx.portfolios.history.StatementResource;
import com.brokerx.portfolios.history.StatementService;
import com.brokerx.portfolios.history.TransactionResource;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.ledger.CheckSettings;
import com.brokerx.portfolios.ledger.Ledger;
import com.brokerx.portfolios.ledger.LedgerCheck;
import com.brokerx.portfolios.ledger.LedgerWatch;
import com.brokerx.portfolios.ledger.Sealer;
import com.brokerx.portfolios.portfolio.DefaultPortfolioResource;
import com.brokerx.portfolios.portfolio.InternalBalanceResource;
import com.brokerx.portfolios.portfolio.PortfolioResource;
import com.brokerx.portfolios.portfolio.PortfolioService;
import com.brokerx.portfolios.portfolio.Portfolios;
import com.brokerx.portfolios.portfolio.ShareAccounts;
import com.brokerx.portfolios.position.PositionResource;
import com.brokerx.portfolios.position.PositionService;
import com.brokerx.portfolios.reconciliation.ReconcilablePortfolios;
import com.brokerx.portfolios.reconciliation.ReconciliationResource;
import com.brokerx.portfolios.reconciliation.ReconciliationWatch;
import com.brokerx.portfolios.reservation.ReservationResource;
import com.brokerx.portfolios.reservation.ReservationService;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.portfolios.reservation.ReserveOrder;
import com.brokerx.portfolios.settlement.EventHandler;
import com.brokerx.portfolios.settlement.InboxCleaner;
import com.brokerx.portfolios.settlement.SettlementMetrics;
import com.brokerx.portfolios.settlement.SettlementService;
import com.brokerx.portfolios.settlement.WebhookResource;
import io.dropwizard.core.ConfiguredBundle;
import io.dropwizard.core.setup.Environment;
import java.util.Optional;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;

/** Everything that the portfolios service is made of; the monolith adds it next to the other two. */
public final class PortfoliosBundle<C extends ServiceConfiguration> implements ConfiguredBundle<C> {

    private static final String NAME = "portfolios";

    private final Function<C, PortfoliosSettings> settingsOf;
    private final Foundation foundation;
    private final FacadeMetrics facadeMetrics;

    /** @param facadeMetrics shared by all facades of the process */
    public PortfoliosBundle(
            Function<C, PortfoliosSettings> settingsOf, Foundation foundation, FacadeMetrics facadeMetrics) {
        this.settingsOf = settingsOf;
        this.foundation = foundation;
        this.facadeMetrics = facadeMetrics;
    }

    @Override
    public void run(C configuration, Environment environment) {
        PortfoliosSettings settings = settingsOf.apply(configuration);
        settings.requireFitFor(configuration.service());
        var clock = foundation.clock();
        var jersey = environment.jersey();

        Jdbi jdbi =
                Database.open(environment, settings.database(), Optional.ofNullable(settings.databaseOwner()), NAME);
        Outbox outbox = openOutbox(settings, configuration.service(), jdbi, environment);
        Assets assets = new Assets(jdbi);
        Ledger ledger = new Ledger();
        Portfolios portfolios = new Portfolios(settings.portfolios().defaultCurrency());

        // The ledger's own safeguards
        LedgerCheck check = new LedgerCheck(jdbi);
        environment.lifecycle().manage(new Sealer(jdbi, settings.ledger().seals()));
        environment.lifecycle().manage(new LedgerWatch(check, settings.ledger().checks(), foundation.metrics(), clock));
        ReconcilablePortfolios books = new ReconcilablePortfolios(jdbi, check);
        jersey.register(new ReconciliationResource(books));
        if (settings.orders() != null) {
            environment.lifecycle().manage(reconciliation(books, settings, configuration.service()));
        }

        // Portfolios and positions
        PortfolioService portfolioService = new PortfolioService(jdbi, portfolios, assets, settings.portfolios());
        jersey.register(new PortfolioResource(portfolioService));
        jersey.register(new DefaultPortfolioResource(portfolioService));
        jersey.register(new PositionResource(new PositionService(portfolioService, jdbi)));
        jersey.register(new InternalBalanceResource(portfolioService));

        // History
        HistoryService history = new HistoryService(portfolioService, jdbi, clock);
        jersey.register(new BalanceResource(history));
        jersey.register(new TransactionResource(history));
        jersey.register(new StatementResource(new StatementService(portfolioService, jdbi, settings.history(), clock)));

        // Cash
        PaymentBooking booking = new PaymentBooking(jdbi, ledger, assets, outbox, clock);
        SimulatedProvider provider = new SimulatedProvider(settings.cash().simulation(), clock);
        PaymentService payments =
                new PaymentService(jdbi, portfolios, assets, booking, provider, settings.cash(), clock);
        provider.onCallback(payments::callback);
        environment.lifecycle().manage(provider);
        environment.lifecycle().manage(new PendingPayments(payments, jdbi, foundation.metrics()));
        jersey.register(new CallbackResource(payments));
        jersey.register(new DepositResource(payments));
        jersey.register(new WithdrawalResource(payments));

        // Reservations
        ReservationService reservations = new ReservationService(jdbi, ledger, new ShareAccounts());
        GroupCommit<ReserveOrder, Outcome> commits = new GroupCommit<>(
                "reserve", settings.reservations().groupCommit(), foundation.groupCommits(), reservations::reserve);
        environment.lifecycle().manage(commits);
        jersey.register(new ReservationResource(
                reservations, commits, assets, settings.reservations().maximumBatch()));

        // Settlement
        SettlementService settlement =
                new SettlementService(ledger, portfolios, assets, new SettlementMetrics(foundation.metrics()), clock);
        environment.lifecycle().manage(new InboxCleaner(jdbi));
        EventHandler events = new EventHandler(portfolios, settlement);
        jersey.register(new WebhookResource(new WebhookReceiver(jdbi, settings.webhooks(), clock, events)));

        // Back office
        JournalService journals = new JournalService(portfolios, ledger, assets);
        jersey.register(new JournalResource(journals, assets, new Idempotency(jdbi)));
    }

    private ReconciliationWatch reconciliation(
            ReconcilablePortfolios books, PortfoliosSettings settings, ServiceSettings service) {
        FacadeClient orders = new FacadeClient(
                "orders", settings.orders(), foundation.http(), service.internalToken(), facadeMetrics);
        CheckSettings checks = settings.ledger().checks();
        Reconciliation reconciliation = Reconciliation.inTheBackground(
                books, new HttpReconcilable(orders, "orders"), checks.patience().toJavaDuration());
        return new ReconciliationWatch(reconciliation, checks, foundation.metrics(), foundation.clock());
    }

    private Outbox openOutbox(
            PortfoliosSettings settings, ServiceSettings service, Jdbi jdbi, Environment environment) {
        Outbox outbox = new Outbox(settings.outbox());
        environment
                .lifecycle()
                .manage(new OutboxRelay(
                        jdbi,
                        outbox,
                        settings.outbox(),
                        foundation.http(),
                        service.internalToken(),
                        foundation.clock()));
        foundation.outboxes().watch(NAME, jdbi, environment);
        return outbox;
    }
}
