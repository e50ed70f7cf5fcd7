package com.brokerx.portfolios.reservation;

import com.brokerx.commons.app.LogContext;
import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveBatch;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveResult;
import com.brokerx.facades.portfolios.HttpPortfoliosFacade.ReserveResults;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveOutcome;
import com.brokerx.facades.portfolios.PortfoliosFacade.ReserveRequest;
import com.brokerx.portfolios.PortfoliosCode;
import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.portfolio.Portfolios.Wanted;
import com.brokerx.portfolios.reservation.ReservationService.Outcome;
import com.brokerx.portfolios.reservation.ReservationService.ReleaseOutcome;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Where the orders service sets money and shares aside. All requests of a moment share one transaction. */
@Path("/internal")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class ReservationResource {

    /** Of a single request that names none; the contract says so, whatever currency portfolios have. */
    private static final String DEFAULT_ASSET = "USD";

    /** The body of {@code POST /internal/reserve}. */
    public record Reserve(
            @NotNull UUID clientId,
            @NotNull UUID orderId,
            @NotNull BigDecimal amount,
            String asset,
            @Min(1) Integer version,
            String currency,
            String symbol) {

        ReserveRequest toRequest() {
            return new ReserveRequest(
                    clientId,
                    orderId,
                    amount,
                    asset == null ? DEFAULT_ASSET : asset,
                    version == null ? 1 : version,
                    currency,
                    symbol);
        }
    }

    /** Its answer. */
    public record Reserved(boolean success, UUID orderId, BigDecimal reservedAmount, BigDecimal newAvailableBalance) {}

    /** The body of {@code POST /internal/release}. */
    public record Release(@NotNull UUID orderId, @Min(1) Integer version) {}

    /** Its answer. */
    public record Released(boolean success, UUID orderId, BigDecimal releasedAmount, BigDecimal newAvailableBalance) {}

    private final ReservationService service;
    private final GroupCommit<ReserveOrder, Outcome> commits;
    private final Assets assets;
    private final int maximumBatch;

    /** @param maximumBatch orders in one request at most */
    public ReservationResource(
            ReservationService service, GroupCommit<ReserveOrder, Outcome> commits, Assets assets, int maximumBatch) {
        this.service = service;
        this.commits = commits;
        this.assets = assets;
        this.maximumBatch = maximumBatch;
    }

    @POST
    @Path("/reservations")
    public ReserveResults reserveAll(ReserveBatch batch) {
        List<ReserveRequest> requests = batch.reservations();
        if (requests == null || requests.size() > maximumBatch) {
            throw Problem.ofField(PortfoliosCode.LIMIT_EXCEEDED, "reservations", "may be " + maximumBatch + " at most")
                    .asException();
        }
        List<ReserveOrder> orders = new ArrayList<>(requests.size());
        for (int i = 0; i < requests.size(); i++) {
            orders.add(order(requests.get(i), "reservations[" + i + "]."));
        }
        List<CompletableFuture<Outcome>> outcomes = GroupCommit.together(
                () -> orders.stream().map(commits::submitAsync).toList());
        List<ReserveResult> results = new ArrayList<>(orders.size());
        for (int i = 0; i < orders.size(); i++) {
            results.add(ReserveResult.of(outcome(orders.get(i), GroupCommit.join(outcomes.get(i)))));
        }
        return new ReserveResults(results);
    }

    @POST
    @Path("/reserve")
    public Reserved reserve(@Valid @NotNull Reserve body) {
        LogContext.put(LogContext.ORDER_ID, body.orderId());
        ReserveOrder order = order(body.toRequest(), "");
        return switch (outcome(order, commits.submit(order))) {
            case ReserveOutcome.Reserved(BigDecimal reserved, BigDecimal available) ->
                new Reserved(true, order.orderId(), reserved, available);
            case ReserveOutcome.Insufficient(String asset, BigDecimal available, BigDecimal missing) ->
                throw insufficient(asset, available, missing);
            case ReserveOutcome.CurrencyMismatch(String asset) ->
                throw Problem.of(
                                PortfoliosCode.CURRENCY_MISMATCH,
                                "the client keeps " + asset + " in another currency than it is traded in")
                        .asException();
            case ReserveOutcome.Stale() -> throw stale();
        };
    }

    @POST
    @Path("/release")
    public Released release(@Valid @NotNull Release body) {
        LogContext.put(LogContext.ORDER_ID, body.orderId());
        return switch (service.release(body.orderId(), Optional.ofNullable(body.version()))) {
            case ReleaseOutcome.Released(String code, long released, long available) -> {
                Asset asset = assets.require(code);
                yield new Released(true, body.orderId(), asset.amount(released), asset.amount(available));
            }
            case ReleaseOutcome.Unknown() ->
                throw Problem.of(PortfoliosCode.RESERVATION_NOT_FOUND, "nothing was ever reserved for this order")
                        .asException();
            case ReleaseOutcome.Stale() -> throw stale();
        };
    }

    private ReserveOrder order(ReserveRequest request, String path) {
        requirePresent(request.clientId(), path + "client_id");
        requirePresent(request.orderId(), path + "order_id");
        requirePresent(request.amount(), path + "amount");
        requirePresent(request.asset(), path + "asset");
        if (request.version() < 1) {
            throw Problem.ofField(CommonCode.VALIDATION_FAILED, path + "version", "has to be 1 or more")
                    .asException();
        }
        Asset asset = assets.findOrSymbol(request.asset()).orElseThrow(() -> Problem.ofField(
                        PortfoliosCode.INVALID_ASSET, path + "asset", "is no currency or symbol")
                .asException());
        return new ReserveOrder(
                request.clientId(),
                request.orderId(),
                asset.code(),
                units(asset, request.amount(), path + "amount"),
                request.version(),
                asset.isCurrency() ? bought(request, asset, path) : sold(request, asset, path));
    }

    private Optional<Wanted> bought(ReserveRequest request, Asset currency, String path) {
        if (request.symbol() == null) {
            return Optional.empty();
        }
        Asset shares = assets.findOrSymbol(request.symbol())
                .filter(asset -> !asset.isCurrency())
                .orElseThrow(() -> Problem.ofField(PortfoliosCode.INVALID_ASSET, path + "symbol", "is no symbol")
                        .asException());
        return Optional.of(wanted(request.clientId(), shares, currency.code()));
    }

    private Optional<Wanted> sold(ReserveRequest request, Asset shares, String path) {
        if (request.currency() == null) {
            return Optional.empty();
        }
        Asset currency = assets.find(request.currency())
                .filter(Asset::isCurrency)
                .orElseThrow(
                        () -> Problem.ofField(PortfoliosCode.INVALID_CURRENCY, path + "currency", "is not offered here")
                                .asException());
        return Optional.of(wanted(request.clientId(), shares, currency.code()));
    }

    private Wanted wanted(UUID clientId, Asset shares, String currency) {
        assets.register(shares);
        return new Wanted(new AccountKey(clientId, shares.code()), currency);
    }

    private static void requirePresent(Object value, String field) {
        if (value == null) {
            throw Problem.ofField(CommonCode.VALIDATION_FAILED, field, "has to be given")
                    .asException();
        }
    }

    private static long units(Asset asset, BigDecimal amount, String field) {
        try {
            long units = asset.units(amount);
            if (units > 0) {
                return units;
            }
        } catch (Asset.InexactAmountException e) {
            throw Problem.ofField(PortfoliosCode.INVALID_AMOUNT, field, e.getMessage())
                    .asException();
        }
        throw Problem.ofField(PortfoliosCode.INVALID_AMOUNT, field, "has to be above zero")
                .asException();
    }

    private ReserveOutcome outcome(ReserveOrder order, Outcome outcome) {
        Asset asset = assets.findOrSymbol(order.asset()).orElseThrow();
        return switch (outcome) {
            case Outcome.Reserved(long held, long available) ->
                new ReserveOutcome.Reserved(asset.amount(held), asset.amount(available));
            case Outcome.Insufficient(long available, long missing) ->
                new ReserveOutcome.Insufficient(asset.code(), asset.amount(available), asset.amount(missing));
            case Outcome.CurrencyMismatch() ->
                new ReserveOutcome.CurrencyMismatch(
                        order.shares().orElseThrow().account().asset());
            case Outcome.Stale() -> new ReserveOutcome.Stale();
        };
    }

    private ProblemException insufficient(String asset, BigDecimal available, BigDecimal missing) {
        boolean cash = assets.find(asset).map(Asset::isCurrency).orElse(false);
        return Problem.of(
                        cash ? PortfoliosCode.INSUFFICIENT_FUNDS : PortfoliosCode.INSUFFICIENT_SHARES,
                        "there are " + available.toPlainString() + " " + asset + " available, "
                                + missing.toPlainString() + " too few")
                .with("asset", asset)
                .with("available", available)
                .with("missing", missing)
                .asException();
    }

    private static ProblemException stale() {
        return Problem.of(PortfoliosCode.STALE_VERSION, "a newer version is known for this order, or it has ended")
                .asException();
    }
}
