package com.brokerx.portfolios.portfolio;

import io.swagger.v3.oas.annotations.media.Schema;

/** The body of a request for a further portfolio. */
public record NewPortfolio(
        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "Savings")
        String name,

        @Schema(requiredMode = Schema.RequiredMode.REQUIRED, example = "CAD")
        String currency) {}
