package com.brokerx.portfolios.history;

import com.brokerx.commons.json.Times;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Times in query parameters. */
final class Moments {

    private Moments() {}

    /** @throws com.brokerx.commons.problem.ProblemException 422 when it is no RFC 3339 time */
    static Instant parse(String parameter, String time) {
        try {
            return Times.parse(time);
        } catch (DateTimeParseException e) {
            throw Problem.ofField(
                            CommonCode.VALIDATION_FAILED,
                            parameter,
                            "has to be a time such as 2026-01-31T12:34:56.789Z")
                    .asException();
        }
    }
}
