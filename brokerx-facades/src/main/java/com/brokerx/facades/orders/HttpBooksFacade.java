package com.brokerx.facades.orders;

import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeProtocolException;
import com.brokerx.facades.http.FacadeResponse;
import java.util.List;

/** {@link BooksFacade} over HTTP. */
public final class HttpBooksFacade implements BooksFacade {

    /** The body of {@code POST /internal/books/commands}. */
    public record Commands(List<Message> commands) {}

    /** Its answer, in the order of the commands. */
    public record Results(List<Result> results) {}

    private final FacadeClient client;

    public HttpBooksFacade(FacadeClient client) {
        this.client = client;
    }

    @Override
    public List<Result> submit(List<Message> commands) {
        FacadeResponse response = client.post("commands", "/internal/books/commands", new Commands(commands));
        if (!response.isSuccess()) {
            throw response.unexpected("commands");
        }
        List<Result> results = response.as(Results.class).results();
        if (results.size() != commands.size()) {
            throw new FacadeProtocolException(results.size() + " results for " + commands.size() + " commands", null);
        }
        return results;
    }

    @Override
    public Book book(String symbol) {
        FacadeResponse response = client.get("book", "/internal/books/" + symbol);
        if (response.status() == 404) {
            return null;
        }
        if (!response.isSuccess()) {
            throw response.unexpected("book");
        }
        return response.as(Book.class);
    }
}
