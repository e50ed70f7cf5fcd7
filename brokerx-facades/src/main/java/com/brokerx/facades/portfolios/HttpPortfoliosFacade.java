package com.brokerx.facades.portfolios;

import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeProtocolException;
import com.brokerx.facades.http.FacadeResponse;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/** {@link PortfoliosFacade} over HTTP. */
public final class HttpPortfoliosFacade implements PortfoliosFacade {

    /** The body of {@code POST /internal/reservations}. */
    public record ReserveBatch(List<ReserveRequest> reservations) {}

    /** Its answer, in the order of the requests. */
    public record ReserveResults(List<ReserveResult> results) {}

    /**
     * @param result {@code reserved}, {@code insufficient}, {@code currency_mismatch} or {@code stale}; decides which of the others are there
     * @param newAvailableBalance what the client has left, with {@code reserved}
     * @param available what the client has, with {@code insufficient}
     */
    public record ReserveResult(
            String result,
            BigDecimal reservedAmount,
            BigDecimal newAvailableBalance,
            String asset,
            BigDecimal available,
            BigDecimal missing) {

        public static ReserveResult of(ReserveOutcome outcome) {
            return switch (outcome) {
                case ReserveOutcome.Reserved(var reserved, var left) ->
                    new ReserveResult("reserved", reserved, left, null, null, null);
                case ReserveOutcome.Insufficient(var asset, var available, var missing) ->
                    new ReserveResult("insufficient", null, null, asset, available, missing);
                case ReserveOutcome.CurrencyMismatch(var asset) ->
                    new ReserveResult("currency_mismatch", null, null, asset, null, null);
                case ReserveOutcome.Stale() -> new ReserveResult("stale", null, null, null, null, null);
            };
        }

        ReserveOutcome toOutcome() {
            return switch (result) {
                case "reserved" -> new ReserveOutcome.Reserved(reservedAmount, newAvailableBalance);
                case "insufficient" -> new ReserveOutcome.Insufficient(asset, available, missing);
                case "currency_mismatch" -> new ReserveOutcome.CurrencyMismatch(asset);
                case "stale" -> new ReserveOutcome.Stale();
                default -> throw new FacadeProtocolException("an unknown result of a reservation: " + result, null);
            };
        }
    }

    private final FacadeClient client;

    public HttpPortfoliosFacade(FacadeClient client) {
        this.client = client;
    }

    @Override
    public List<ReserveOutcome> reserve(List<ReserveRequest> requests) {
        FacadeResponse response =
                client.postIdempotent("reserve", "/internal/reservations", new ReserveBatch(requests));
        if (!response.isSuccess()) {
            throw response.unexpected("reserve");
        }
        List<ReserveOutcome> outcomes = response.as(ReserveResults.class).results().stream()
                .map(ReserveResult::toOutcome)
                .toList();
        if (outcomes.size() != requests.size()) {
            throw new FacadeProtocolException(outcomes.size() + " results for " + requests.size() + " requests", null);
        }
        return outcomes;
    }

    @Override
    public Balance balance(UUID clientId) {
        FacadeResponse response = client.get("balance", "/internal/balance/" + clientId);
        if (!response.isSuccess()) {
            throw response.unexpected("balance");
        }
        return response.as(Balance.class);
    }

    @Override
    public JournalOutcome journal(String idempotencyKey, JournalRequest request) {
        FacadeResponse response = client.postWithKey("journal", "/internal/journals", idempotencyKey, request);
        return switch (response.status()) {
            case 200 -> new JournalOutcome.Done(true);
            case 201 -> new JournalOutcome.Done(false);
            case 422 -> new JournalOutcome.BelowZero();
            default -> throw response.unexpected("journal");
        };
    }
}
