package com.brokerx.clients.page;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The few pages that links in mails lead to, for people without another program. */
public final class Pages {

    private static final String PAGE = read("clients/page.html");
    private static final String RESET_PASSWORD = read("clients/reset-password.html");
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; "
            + "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";

    private Pages() {}

    /**
     * A page that says one thing.
     *
     * @param title without characters that HTML knows, as is {@code text}
     */
    public static Response saying(int status, String title, String text) {
        return page(status, PAGE.replace("{{title}}", title).replace("{{text}}", text));
    }

    /** The form behind the link of a forgotten password. */
    public static Response resetPassword() {
        return page(200, RESET_PASSWORD);
    }

    /** Neither a cache nor another site may learn the token in the page's address. */
    private static Response page(int status, String html) {
        return Response.status(status)
                .type(MediaType.TEXT_HTML_TYPE.withCharset("utf-8"))
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", POLICY)
                .entity(html)
                .build();
    }

    private static String read(String resource) {
        try (InputStream in = Pages.class.getClassLoader().getResourceAsStream(resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
