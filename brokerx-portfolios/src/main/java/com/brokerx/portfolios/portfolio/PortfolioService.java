package com.brokerx.portfolios.portfolio;

import com.brokerx.commons.id.Ids;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.idempotency.Idempotency.Answer;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.text.PlainText;
import com.brokerx.facades.portfolios.PortfoliosFacade.Balance;
import com.brokerx.facades.portfolios.PortfoliosFacade.Position;
import com.brokerx.portfolios.PortfoliosCode;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.portfolio.PortfolioStore.AssetBalance;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** What clients ask about their portfolios. */
public final class PortfolioService {

    private final Jdbi jdbi;
    private final Portfolios portfolios;
    private final Assets assets;
    private final PortfolioSettings settings;
    private final Idempotency idempotency;

    public PortfolioService(Jdbi jdbi, Portfolios portfolios, Assets assets, PortfolioSettings settings) {
        this.jdbi = jdbi;
        this.portfolios = portfolios;
        this.assets = assets;
        this.settings = settings;
        this.idempotency = new Idempotency(jdbi);
    }

    private Optional<Portfolio> find(UUID clientId, UUID id) {
        return jdbi.withHandle(handle -> portfolios.find(handle, clientId, id));
    }

    /** @throws com.brokerx.commons.problem.ProblemException 404 when there is none, or it is somebody else's */
    public Portfolio require(UUID clientId, UUID id) {
        return find(clientId, id)
                .orElseThrow(() -> Problem.of(PortfoliosCode.PORTFOLIO_NOT_FOUND, "you have no such portfolio")
                        .asException());
    }

    Optional<Portfolio> findDefault(UUID clientId) {
        return jdbi.withHandle(handle -> portfolios.findDefault(handle, clientId));
    }

    List<Portfolio> list(UUID clientId, PageRequest page) {
        return jdbi.withExtension(
                PortfolioStore.class,
                store -> store.list(clientId, page.beforeId().orElse(null), page.limitPlusOne()));
    }

    /** What a client has for orders, as other services ask it; nothing for one who is not known. */
    Balance balance(UUID clientId) {
        List<AssetBalance> balances = jdbi.withExtension(PortfolioStore.class, store -> store.balances(clientId));
        String currency = portfolios.defaultCurrency();
        AssetBalance cash = balances.stream()
                .filter(balance -> balance.asset().equals(currency))
                .findFirst()
                .orElse(AssetBalance.NOTHING);
        return new Balance(
                clientId,
                currency,
                cash.amount(cash.available()),
                cash.amount(cash.held()),
                cash.amount(cash.total()),
                balances.stream()
                        .filter(balance -> !balance.isCurrency())
                        .map(shares -> new Position(shares.asset(), shares.total(), shares.available(), shares.held()))
                        .toList());
    }

    /** Opens a further portfolio. The default one is always the first. */
    Response open(UUID clientId, NewPortfolio request, Optional<IdempotencyKey> key) {
        Optional<Problem> refusal = check(request);
        return idempotency.once(key, tx -> refusal.or(() -> checkNumber(tx, clientId))
                .map(Answer::refusal)
                .orElseGet(() -> add(tx, clientId, request)));
    }

    private Optional<Problem> check(NewPortfolio request) {
        String name = request.name();
        if (name == null || name.isBlank() || name.strip().length() > settings.maximumNameLength()) {
            return Optional.of(Problem.ofField(
                    CommonCode.VALIDATION_FAILED,
                    "name",
                    "has to have 1 to " + settings.maximumNameLength() + " characters"));
        }
        if (!PlainText.is(name)) {
            return Optional.of(Problem.ofField(CommonCode.VALIDATION_FAILED, "name", PlainText.FORM_MESSAGE));
        }
        boolean offered = request.currency() != null
                && assets.find(request.currency()).map(Asset::isCurrency).orElse(false);
        return offered
                ? Optional.empty()
                : Optional.of(Problem.ofField(
                        PortfoliosCode.INVALID_CURRENCY, "currency", "has to be a currency that is offered here"));
    }

    private Optional<Problem> checkNumber(Handle tx, UUID clientId) {
        PortfolioStore store = tx.attach(PortfolioStore.class);
        store.serialize(clientId);
        portfolios.openDefault(tx, List.of(clientId));
        return store.count(clientId) < settings.maximumPerClient()
                ? Optional.empty()
                : Optional.of(Problem.of(
                        PortfoliosCode.LIMIT_EXCEEDED,
                        "a client may have " + settings.maximumPerClient() + " portfolios"));
    }

    private static Answer add(Handle tx, UUID clientId, NewPortfolio request) {
        PortfolioStore store = tx.attach(PortfolioStore.class);
        UUID id = Ids.next();
        store.add(id, clientId, request.name().strip(), request.currency());
        store.addCashAccount(id);
        return Answer.created(
                "/api/v1/portfolios/" + id,
                new PortfolioAnswer(store.find(id).orElseThrow().view(), "The portfolio is open"));
    }
}
