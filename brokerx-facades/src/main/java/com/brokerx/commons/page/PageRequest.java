package com.brokerx.commons.page;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import io.swagger.v3.oas.annotations.Parameter;
import jakarta.ws.rs.QueryParam;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/**
 * Which part of a list is wanted; a {@code @BeanParam} of list endpoints. A cursor holds the position of the last row of the
 * page before, so it stays right while rows are added.
 */
public final class PageRequest {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAXIMUM_LIMIT = 200;

    @Parameter(description = "1 to 200 rows, 50 if left out")
    @QueryParam("limit")
    private String limit;

    @Parameter(description = "next_cursor of the page before")
    @QueryParam("cursor")
    private String cursor;

    /** Rows on a page; 1 to 200. */
    public int limit() {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        try {
            int wanted = Integer.parseInt(limit);
            if (wanted >= 1 && wanted <= MAXIMUM_LIMIT) {
                return wanted;
            }
        } catch (NumberFormatException notANumber) {
            throw refused("limit", "has to be a number from 1 to " + MAXIMUM_LIMIT);
        }
        throw refused("limit", "has to be from 1 to " + MAXIMUM_LIMIT);
    }

    /** What to ask the database for: the row too many tells whether there is a next page. */
    public int limitPlusOne() {
        return limit() + 1;
    }

    /** The id below which the page starts, for lists in the order of UUIDv7 ids. */
    public Optional<UUID> beforeId() {
        return before(UUID::fromString);
    }

    /** The number below which the page starts, for lists in the order of a sequence. */
    public Optional<Long> beforeNumber() {
        return before(Long::valueOf);
    }

    /**
     * The position below which the page starts, for lists in an order of their own.
     *
     * @param parser makes it from what {@link Page#of} wrote; throws {@link IllegalArgumentException} for anything else
     */
    public <T> Optional<T> before(Function<String, T> parser) {
        if (cursor == null || cursor.isEmpty()) {
            return Optional.empty();
        }
        try {
            String position = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            return Optional.of(parser.apply(position));
        } catch (IllegalArgumentException notOurs) {
            throw refused("cursor", "is not one that this list gave out");
        }
    }

    private static ProblemException refused(String parameter, String message) {
        return Problem.ofField(CommonCode.VALIDATION_FAILED, parameter, message).asException();
    }

    static String encode(String position) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(position.getBytes(StandardCharsets.UTF_8));
    }
}
