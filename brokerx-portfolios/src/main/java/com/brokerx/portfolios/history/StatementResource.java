package com.brokerx.portfolios.history;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.portfolios.PortfoliosCode;
import com.brokerx.portfolios.portfolio.Portfolio;
import com.brokerx.portfolios.portfolio.PortfolioService;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/** Account statements: every line of a period with the deposit, order or trade behind it. */
@Path("/api/v1/portfolios/{id}/statement")
@Tag(name = "portfolios")
@SecurityRequirement(name = "bearer")
public final class StatementResource {

    private static final String CSV = "text/csv";
    private static final int CSV_PORTION = 1000;

    private final PortfolioService portfolios;
    private final Jdbi jdbi;
    private final HistorySettings settings;
    private final InstantSource clock;

    public StatementResource(PortfolioService portfolios, Jdbi jdbi, HistorySettings settings, InstantSource clock) {
        this.portfolios = portfolios;
        this.jdbi = jdbi;
        this.settings = settings;
        this.clock = clock;
    }

    private record Period(Instant from, Instant to) {}

    @GET
    @Produces({MediaType.APPLICATION_JSON, CSV})
    @Operation(summary = "A statement of a period, as JSON or CSV")
    @ApiResponse(
            responseCode = "200",
            description = "Every entry of the period, oldest first",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON,
                        schema = @Schema(implementation = Statement.Single.class)),
                @Content(mediaType = CSV, schema = @Schema(type = "string"))
            })
    public Response statement(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Parameter(description = "RFC 3339; the first moment of the period", required = true) @QueryParam("from")
                    String from,
            @Parameter(description = "RFC 3339; the first moment after the period; now if left out") @QueryParam("to")
                    String to,
            @Parameter(description = "json (if left out) or csv") @QueryParam("format") String format) {
        Portfolio portfolio = portfolios.require(caller.clientId(), id);
        Period period = period(from, to);
        return switch (format == null ? "json" : format) {
            case "json" ->
                Response.ok(new Statement.Single(statement(portfolio, period)), MediaType.APPLICATION_JSON_TYPE)
                        .build();
            case "csv" ->
                Response.ok(csv(portfolio, period), CSV + ";charset=utf-8")
                        .header("Content-Disposition", "attachment; filename=\"statement-" + id + ".csv\"")
                        .build();
            default ->
                throw Problem.ofField(CommonCode.VALIDATION_FAILED, "format", "has to be json or csv")
                        .asException();
        };
    }

    private Period period(String from, String to) {
        if (from == null) {
            throw Problem.ofField(CommonCode.VALIDATION_FAILED, "from", "has to be given")
                    .asException();
        }
        Period period = new Period(Moments.parse("from", from), to == null ? clock.instant() : Moments.parse("to", to));
        Duration length = Duration.between(period.from, period.to);
        if (length.isNegative() || length.compareTo(settings.longestStatement().toJavaDuration()) > 0) {
            throw Problem.ofField(
                            CommonCode.VALIDATION_FAILED,
                            "to",
                            "has to follow from within " + settings.longestStatement())
                    .asException();
        }
        return period;
    }

    private Statement statement(Portfolio portfolio, Period period) {
        int maximum = settings.maximumStatementLines();
        return jdbi.inTransaction(TransactionIsolationLevel.REPEATABLE_READ, tx -> {
            List<StatementLine> lines = tx.attach(StatementStore.class)
                    .lines(portfolio.id(), Transaction.Position.before(period.from), period.to, maximum + 1);
            if (lines.size() > maximum) {
                throw Problem.of(
                                PortfoliosCode.LIMIT_EXCEEDED,
                                "the period has more than " + maximum
                                        + " lines; ask for a shorter one, or for format=csv")
                        .asException();
            }
            TransactionStore transactions = tx.attach(TransactionStore.class);
            return new Statement(
                    portfolio.id(),
                    portfolio.currency(),
                    period.from,
                    period.to,
                    before(transactions, portfolio, period.from),
                    before(transactions, portfolio, period.to),
                    lines);
        });
    }

    private static BalanceView before(TransactionStore store, Portfolio portfolio, Instant time) {
        return store.balanceAt(
                        portfolio.accountId(), Transaction.Position.before(time).createdAt())
                .map(then -> BalanceView.of(portfolio, then.available(), then.held(), time))
                .orElseGet(() -> BalanceView.of(portfolio, 0, 0, time));
    }

    /** Read in portions, so that its length costs no memory, and a slow reader holds no connection to the database. */
    private StreamingOutput csv(Portfolio portfolio, Period period) {
        return out -> {
            Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
            StatementCsv.writeHeader(writer);
            Transaction.Position after = Transaction.Position.before(period.from);
            List<StatementLine> lines;
            do {
                lines = portion(portfolio, after, period.to);
                for (StatementLine line : lines) {
                    StatementCsv.write(line, writer);
                    after = line.position();
                }
            } while (lines.size() == CSV_PORTION);
            writer.flush();
        };
    }

    private List<StatementLine> portion(Portfolio portfolio, Transaction.Position after, Instant to) {
        return jdbi.withExtension(StatementStore.class, store -> store.lines(portfolio.id(), after, to, CSV_PORTION));
    }
}
