package com.brokerx.orders.writer;

import com.brokerx.commons.batch.GroupCommit;
import com.brokerx.commons.batch.GroupCommitSettings;
import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.commons.trace.TraceContext;
import com.brokerx.facades.orders.BooksFacade;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.OrderStore;
import io.dropwizard.lifecycle.Managed;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;

/** Passes commands on to the instances that own their books; commands that wait at the same time travel together. */
final class Forwarder implements Managed {

    private record Letter(URI owner, OrderCommand.OfOrder command, Optional<String> traceparent) {
        BooksFacade.Message message() {
            return new BooksFacade.Message(CommandCodec.encode(command), traceparent.orElse(null));
        }
    }

    private final Jdbi jdbi;
    private final Function<URI, BooksFacade> facades;
    private final GroupCommit<Letter, CommandOutcome> post;

    /** @param facades the facade of an instance at an address */
    Forwarder(
            Jdbi jdbi, Function<URI, BooksFacade> facades, GroupCommitSettings settings, GroupCommit.Metrics metrics) {
        this.jdbi = jdbi;
        this.facades = facades;
        this.post = new GroupCommit<>("orders-forward", settings, metrics, this::deliver);
    }

    @Override
    public void start() {
        post.start();
    }

    @Override
    public void stop() throws InterruptedException {
        post.stop();
    }

    /** @throws UnavailableException when too many wait already */
    CompletableFuture<CommandOutcome> send(URI owner, OrderCommand.OfOrder command) {
        return post.submitAsync(new Letter(owner, command, TraceContext.currentHeader()));
    }

    private List<CommandOutcome> deliver(List<Letter> letters) {
        CommandOutcome[] outcomes = new CommandOutcome[letters.size()];
        IntStream.range(0, letters.size())
                .boxed()
                .collect(Collectors.groupingBy(i -> letters.get(i).owner()))
                .forEach((owner, positions) -> deliver(owner, positions, letters, outcomes));
        return List.of(outcomes);
    }

    private void deliver(URI owner, List<Integer> positions, List<Letter> letters, CommandOutcome[] outcomes) {
        List<CommandOutcome> answers =
                ask(owner, positions.stream().map(letters::get).toList());
        for (int i = 0; i < positions.size(); i++) {
            outcomes[positions.get(i)] = answers.get(i);
        }
    }

    private List<CommandOutcome> ask(URI owner, List<Letter> letters) {
        List<BooksFacade.Result> results;
        try {
            results = facades.apply(owner)
                    .submit(letters.stream().map(Letter::message).toList());
        } catch (UnavailableException silent) {
            return letters.stream()
                    .<CommandOutcome>map(letter -> new CommandOutcome.Undecided())
                    .toList();
        }
        List<UUID> orderIds =
                letters.stream().map(letter -> letter.command().orderId()).toList();
        // What the owner committed stands in the database that we share.
        Map<UUID, Order> orders = jdbi.withHandle(handle -> OrderStore.findAll(handle, orderIds));
        List<CommandOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < orderIds.size(); i++) {
            outcomes.add(CommandCodec.decode(results.get(i), orders.get(orderIds.get(i))));
        }
        return outcomes;
    }
}
