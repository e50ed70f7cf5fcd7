package com.brokerx.portfolios.cash;

import com.brokerx.commons.problem.Problem;
import com.brokerx.portfolios.PortfoliosCode;
import java.math.BigDecimal;

/** Why a payment is not even begun. */
public sealed interface PaymentRefusal {

    record PortfolioNotFound() implements PaymentRefusal {}

    record PortfolioClosed() implements PaymentRefusal {}

    record CurrencyMismatch(String currency) implements PaymentRefusal {}

    record InvalidAmount(String message) implements PaymentRefusal {}

    record LimitExceeded(BigDecimal minimum, BigDecimal maximum, String currency) implements PaymentRefusal {}

    record InsufficientFunds(BigDecimal available, String currency) implements PaymentRefusal {}

    default Problem toProblem() {
        return switch (this) {
            case PortfolioNotFound() -> Problem.of(PortfoliosCode.PORTFOLIO_NOT_FOUND, "you have no such portfolio");
            case PortfolioClosed() -> Problem.of(PortfoliosCode.PORTFOLIO_CLOSED, "the portfolio is closed");
            case CurrencyMismatch(String currency) ->
                Problem.ofField(
                        PortfoliosCode.CURRENCY_MISMATCH, "currency", "has to be " + currency + ", the portfolio's");
            case InvalidAmount(String message) -> Problem.ofField(PortfoliosCode.INVALID_AMOUNT, "amount", message);
            case LimitExceeded(BigDecimal minimum, BigDecimal maximum, String currency) ->
                Problem.ofField(
                        PortfoliosCode.LIMIT_EXCEEDED,
                        "amount",
                        "has to be from " + minimum.toPlainString() + " to " + maximum.toPlainString() + " "
                                + currency);
            case InsufficientFunds(BigDecimal available, String currency) ->
                Problem.of(
                                PortfoliosCode.INSUFFICIENT_FUNDS,
                                "you have " + available.toPlainString() + " " + currency + " available")
                        .with("available", available);
        };
    }
}
