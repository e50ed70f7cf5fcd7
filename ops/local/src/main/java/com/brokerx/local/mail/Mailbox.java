package com.brokerx.local.mail;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The newest mails, in memory; the oldest make room, so that a load test cannot fill it. */
final class Mailbox {

    private static final int MOST_MAILS = 2_000;

    private final Deque<Mail> newestFirst = new ArrayDeque<>();

    synchronized void add(Mail mail) {
        newestFirst.addFirst(mail);
        if (newestFirst.size() > MOST_MAILS) {
            newestFirst.removeLast();
        }
    }

    /** @param to an address, whatever its case; empty for all */
    synchronized List<Mail> to(String to) {
        String wanted = to.toLowerCase(Locale.ROOT);
        return newestFirst.stream()
                .filter(mail ->
                        wanted.isEmpty() || mail.to().toLowerCase(Locale.ROOT).equals(wanted))
                .toList();
    }

    synchronized void clear() {
        newestFirst.clear();
    }
}
