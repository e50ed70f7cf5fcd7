package com.brokerx.clients.mail;

import com.brokerx.clients.secret.SecretBox;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Mails that are to be sent. One is added in the transaction of the change that it tells of, and {@link MailSender} sends it after
 * the commit: a crash loses none, and a mail server that is down only delays them.
 */
public final class MailQueue {

    private static final String SEALED_AS = "mail";

    /** What is stored of a letter, and what is sent. */
    record Content(String text, String html) {}

    private final SecretBox secrets;
    private final InstantSource clock;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    public MailQueue(SecretBox secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    public void add(Handle tx, String recipient, Letter letter) {
        insert(tx, recipient, letter, null);
    }

    /** A letter that is of no use once {@code lifetime} is over. */
    public void add(Handle tx, String recipient, Letter letter, Duration lifetime) {
        insert(tx, recipient, letter, clock.instant().plus(lifetime));
    }

    private void insert(Handle tx, String recipient, Letter letter, Instant expiresAt) {
        byte[] content = secrets.seal(SEALED_AS, write(letter));
        tx.attach(MailStore.class).insert(Ids.next(), recipient, letter.subject(), content, clock.instant(), expiresAt);
    }

    /** Tells the senders that something was committed; without it they look by themselves a little later. */
    public void wake() {
        listeners.forEach(Runnable::run);
    }

    void onWake(Runnable listener) {
        listeners.add(listener);
    }

    /** Forgets that mails were sent before {@code before}. */
    public static int purge(Jdbi jdbi, Instant before) {
        return jdbi.withExtension(MailStore.class, store -> store.purge(before));
    }

    Content open(MailStore.Row mail) {
        try {
            return Json.mapper().readValue(secrets.open(SEALED_AS, mail.content()), Content.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] write(Letter letter) {
        try {
            return Json.mapper().writeValueAsBytes(new Content(LetterWriter.text(letter), LetterWriter.html(letter)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a letter that cannot be written", e);
        }
    }
}
