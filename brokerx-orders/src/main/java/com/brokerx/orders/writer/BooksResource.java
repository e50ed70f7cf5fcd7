package com.brokerx.orders.writer;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.Span;
import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.facades.orders.HttpBooksFacade;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.MarketBoard;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What other instances of this service ask the owner of a book. */
@Hidden
@Path("/internal/books")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class BooksResource {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Books books;
    private final Leases leases;
    private final MarketBoard board;

    BooksResource(Books books, Leases leases, MarketBoard board) {
        this.books = books;
        this.leases = leases;
        this.board = board;
    }

    @POST
    @Path("/commands")
    public HttpBooksFacade.Results submit(HttpBooksFacade.Commands body) {
        // The limits of all begin before the first one is waited for: together they end before the caller gives up.
        List<CompletableFuture<CommandOutcome>> sent = GroupCommit.together(() -> body.commands().stream()
                .map(message -> submit(message)
                        .completeOnTimeout(new CommandOutcome.Undecided(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                .toList());
        return new HttpBooksFacade.Results(sent.stream()
                .map(outcome -> CommandCodec.encode(outcome.join()))
                .toList());
    }

    /** As part of the trace of the request that the other instance answers, which only the first command's call stands in. */
    private CompletableFuture<CommandOutcome> submit(BooksFacade.Message message) {
        List<String> cause = Stream.ofNullable(message.traceparent()).toList();
        try (Span span = Span.consumer("orders.forwarded", cause)) {
            return books.submitHere(CommandCodec.decode(message.command()))
                    .exceptionally(failed -> new CommandOutcome.Undecided());
        } catch (UnavailableException full) {
            return CompletableFuture.completedFuture(new CommandOutcome.Undecided());
        }
    }

    @GET
    @Path("/{symbol}")
    public BooksFacade.Book book(@PathParam("symbol") String symbol) {
        return board.find(symbol)
                .filter(shown -> leases.isHeld(symbol))
                .map(BookSnapshot::toFacade)
                .orElseThrow(() -> Problem.of(CommonCode.NOT_FOUND, "this instance does not own that book")
                        .asException());
    }
}
