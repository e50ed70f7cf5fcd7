package com.brokerx.portfolios;

import com.brokerx.commons.problem.Code;

/** The reasons for which this service refuses, besides the common ones. */
public enum PortfoliosCode implements Code {
    PORTFOLIO_NOT_FOUND(404, "You have no such portfolio"),
    RESERVATION_NOT_FOUND(404, "Nothing was ever reserved for this order"),
    STALE_VERSION(409, "A newer version of the reservation is known"),
    PORTFOLIO_CLOSED(409, "The portfolio is closed"),
    INVALID_AMOUNT(422, "The amount is not a valid one"),
    INVALID_CURRENCY(422, "This currency is not offered"),
    INVALID_ASSET(422, "There is no such currency or symbol"),
    LIMIT_EXCEEDED(422, "The amount or number is outside the limits"),
    CURRENCY_MISMATCH(422, "The portfolio has another currency"),
    INSUFFICIENT_FUNDS(422, "There is not enough money available"),
    INSUFFICIENT_SHARES(422, "There are not enough shares available");

    private final int status;
    private final String title;

    PortfoliosCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
