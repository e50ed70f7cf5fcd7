package com.brokerx.portfolios.backoffice;

import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.idempotency.Idempotency.Answer;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.text.PlainText;
import com.brokerx.portfolios.PortfoliosCode;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.Assets;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Entries by the back office. */
@Path("/internal/journals")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class JournalResource {

    /**
     * @param amount above zero to the client, below zero from the client
     * @param currency that shares are traded in; that of the last trade, or else the default one, if left out
     */
    public record Request(
            @NotNull UUID clientId,
            @NotNull String asset,
            @NotNull BigDecimal amount,
            String currency,

            @NotBlank @Size(max = 500) @Pattern(regexp = PlainText.FORM, message = PlainText.FORM_MESSAGE)
            String reason) {}

    /** The answer. */
    public record Single(View data) {}

    /** An entry of the back office. */
    public record View(
            UUID id,
            UUID clientId,
            UUID portfolioId,
            String asset,
            BigDecimal amount,
            String reason,
            BigDecimal balanceAfter,
            Instant createdAt) {}

    private final JournalService service;
    private final Assets assets;
    private final Idempotency idempotency;

    public JournalResource(JournalService service, Assets assets, Idempotency idempotency) {
        this.service = service;
        this.assets = assets;
        this.idempotency = idempotency;
    }

    @POST
    public Response post(@HeaderParam(IdempotencyKey.HEADER) String header, @Valid @NotNull Request request) {
        IdempotencyKey key = IdempotencyKey.of(header, "internal", "journal", request)
                .orElseThrow(() -> Problem.of(
                                CommonCode.IDEMPOTENCY_KEY_REQUIRED, "send the header " + IdempotencyKey.HEADER)
                        .asException());
        if (request.currency() != null
                && assets.find(request.currency()).filter(Asset::isCurrency).isEmpty()) {
            throw Problem.ofField(PortfoliosCode.INVALID_CURRENCY, "currency", "is not offered here")
                    .asException();
        }
        Asset asset = assets.findOrSymbol(request.asset())
                .orElseThrow(() -> Problem.ofField(PortfoliosCode.INVALID_ASSET, "asset", "is no currency or symbol")
                        .asException());
        long amount = amount(asset, request.amount());
        if (amount > 0) {
            assets.register(asset);
        }
        return idempotency.once(Optional.of(key), tx -> answer(tx, request, asset, amount));
    }

    private Answer answer(Handle tx, Request request, Asset asset, long amount) {
        return switch (service.post(
                tx, request.clientId(), asset, amount, Optional.ofNullable(request.currency()), request.reason())) {
            case JournalService.Outcome.Done(Journal journal, UUID portfolioId, long balance) ->
                new Answer(
                        201,
                        new Single(new View(
                                journal.id(),
                                journal.clientId(),
                                portfolioId,
                                journal.asset(),
                                asset.amount(journal.amount()),
                                journal.reason(),
                                asset.amount(balance),
                                journal.createdAt())));
            case JournalService.Outcome.BelowZero(long available) ->
                Answer.refusal(Problem.of(
                                asset.isCurrency()
                                        ? PortfoliosCode.INSUFFICIENT_FUNDS
                                        : PortfoliosCode.INSUFFICIENT_SHARES,
                                "the client has " + asset.amount(available).toPlainString() + " " + asset.code()
                                        + " available")
                        .with("available", asset.amount(available)));
            case JournalService.Outcome.CurrencyMismatch(String currency) ->
                Answer.refusal(Problem.ofField(
                        PortfoliosCode.CURRENCY_MISMATCH,
                        "currency",
                        asset.code() + " is kept in " + currency + " here; currencies are never added to each other"));
            case JournalService.Outcome.TooLarge() ->
                Answer.refusal(Problem.ofField(PortfoliosCode.INVALID_AMOUNT, "amount", "is too large"));
        };
    }

    private static long amount(Asset asset, BigDecimal amount) {
        try {
            long units = asset.units(amount);
            if (units != 0) {
                return units;
            }
        } catch (Asset.InexactAmountException e) {
            throw Problem.ofField(PortfoliosCode.INVALID_AMOUNT, "amount", e.getMessage())
                    .asException();
        }
        throw Problem.ofField(PortfoliosCode.INVALID_AMOUNT, "amount", "must not be zero")
                .asException();
    }
}
