package com.brokerx.local.mail;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * GET / is a page for people, newest mail first; GET /api/messages?to= the same as JSON; DELETE /api/messages empties
 * the box.
 */
final class MailPage implements HttpHandler {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern LINK = Pattern.compile("https?://[^\\s<>\"]+");
    private static final String PAGE = page();

    private final Mailbox mailbox;

    MailPage(Mailbox mailbox) {
        this.mailbox = mailbox;
    }

    private static String page() {
        try (InputStream page = MailPage.class.getResourceAsStream("/local/mail.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws JsonProcessingException {
        String to = firstOrEmpty(exchange.getQueryParameters().get("to"));
        if (exchange.getRequestPath().equals("/api/messages")) {
            api(exchange, to);
        } else if (exchange.getRequestPath().equals("/")
                && exchange.getRequestMethod().equals(Methods.GET)) {
            send(exchange, "text/html; charset=utf-8", PAGE.replace("<!-- mails -->", articles(mailbox.to(to))));
        } else {
            exchange.setStatusCode(StatusCodes.NOT_FOUND);
        }
    }

    private void api(HttpServerExchange exchange, String to) throws JsonProcessingException {
        if (exchange.getRequestMethod().equals(Methods.GET)) {
            send(exchange, "application/json", JSON.writeValueAsString(mailbox.to(to)));
        } else if (exchange.getRequestMethod().equals(Methods.DELETE)) {
            mailbox.clear();
            exchange.setStatusCode(StatusCodes.NO_CONTENT);
        } else {
            exchange.setStatusCode(StatusCodes.METHOD_NOT_ALLOWED);
        }
    }

    private static String firstOrEmpty(Deque<String> values) {
        return values == null ? "" : values.getFirst();
    }

    private static String articles(List<Mail> mails) {
        return mails.isEmpty()
                ? "<p>None yet. This page looks again every 5 seconds.</p>"
                : mails.stream().map(MailPage::article).collect(Collectors.joining("\n"));
    }

    private static String article(Mail mail) {
        return "<article><h2>%s</h2><p>to %s · from %s · %s</p><pre>%s</pre></article>"
                .formatted(
                        escape(mail.subject()),
                        escape(mail.to()),
                        escape(mail.from()),
                        escape(mail.receivedAt()),
                        links(escape(mail.text())));
    }

    private static String links(String text) {
        return LINK.matcher(text).replaceAll("<a href=\"$0\">$0</a>");
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    private static void send(HttpServerExchange exchange, String type, String body) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        exchange.getResponseSender().send(body);
    }
}
