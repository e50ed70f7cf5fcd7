package com.brokerx.clients;

import com.brokerx.testing.Eventually;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A mail server, and what it was sent. */
public final class Mails implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Pattern TOKEN = Pattern.compile("token=([\\w-]+)");

    private final GreenMail server = new GreenMail(ServerSetup.SMTP.dynamicPort());

    Mails() {
        server.start();
    }

    int port() {
        return server.getSmtp().getPort();
    }

    /** Waits for {@code count} mails to this address. They come in any order, since several senders are at work. */
    public List<MimeMessage> await(String email, int count) {
        Eventually.await(count + " mails to " + email, LIMIT, () -> to(email).size() >= count);
        return to(email);
    }

    /** Waits for a mail to this address whose text contains {@code part}, and gives that text. */
    public String with(String email, String part) {
        AtomicReference<String> found = new AtomicReference<>();
        Eventually.await("a mail to " + email + " with: " + part, LIMIT, () -> {
            to(email).stream()
                    .map(Mails::text)
                    .filter(text -> text.contains(part))
                    .findFirst()
                    .ifPresent(found::set);
            return found.get() != null;
        });
        return found.get();
    }

    public List<MimeMessage> to(String email) {
        return Arrays.stream(server.getReceivedMessages())
                .filter(message -> isTo(message, email))
                .toList();
    }

    private static boolean isTo(MimeMessage message, String email) {
        try {
            return message.getAllRecipients()[0].toString().equals(email);
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String text(MimeMessage message) {
        try {
            return ((MimeMultipart) message.getContent())
                    .getBodyPart(0)
                    .getContent()
                    .toString();
        } catch (MessagingException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public static String tokenIn(String text) {
        Matcher matcher = TOKEN.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("no token in: " + text);
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        server.stop();
    }
}
