package com.brokerx.local.mail;

import com.brokerx.commons.id.Ids;
import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.mail.MailAddress;
import com.icegreen.greenmail.mail.MovingMessage;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.user.UserException;
import com.icegreen.greenmail.user.UserManager;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.undertow.Undertow;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Takes every mail that BrokerX sends on this machine by SMTP, and shows it on a page and as JSON. Nothing leaves. */
public final class MailCatcher implements AutoCloseable {

    private static final String LOOPBACK = "127.0.0.1";

    private final GreenMail smtp;
    private final Undertow page;

    private MailCatcher(GreenMail smtp, Undertow page) {
        this.smtp = smtp;
        this.page = page;
    }

    /** Ports may be 0, for ones that are free. */
    public static MailCatcher start(int smtpPort, int pagePort) {
        Mailbox mailbox = new Mailbox();
        GreenMail smtp = new GreenMail(new ServerSetup(smtpPort, LOOPBACK, ServerSetup.PROTOCOL_SMTP));
        smtp.start();
        UserManager users = smtp.getUserManager();
        users.setMessageDeliveryHandler((message, address) -> deliver(mailbox, users, message, address));
        Undertow page = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(4)
                .addHttpListener(pagePort, LOOPBACK, new MailPage(mailbox))
                .build();
        page.start();
        return new MailCatcher(smtp, page);
    }

    public int smtpPort() {
        return smtp.getSmtp().getPort();
    }

    public int pagePort() {
        return ((InetSocketAddress) page.getListenerInfo().getFirst().getAddress()).getPort();
    }

    /** Keeps the mail in our own bounded mailbox, and GreenMail's store, which grows without end, empty. */
    private static GreenMailUser deliver(Mailbox mailbox, UserManager users, MovingMessage message, MailAddress address)
            throws MessagingException, UserException {
        try {
            mailbox.add(read(message.getMessage(), address.getEmail()));
            GreenMailUser everybody = everybody(users);
            ImapHostManager folders = users.getImapHostManager();
            folders.getInbox(everybody).deleteAllMessages();
            return everybody;
        } catch (IOException | FolderException e) {
            throw new MessagingException("The mail could not be kept", e);
        }
    }

    private static synchronized GreenMailUser everybody(UserManager users) throws UserException {
        GreenMailUser user = users.getUser("everybody");
        return user == null ? users.createUser("everybody@localhost", "everybody", "") : user;
    }

    private static Mail read(MimeMessage message, String to) throws MessagingException, IOException {
        String from = Arrays.stream(message.getFrom() == null ? new Address[0] : message.getFrom())
                .map(Address::toString)
                .collect(Collectors.joining(", "));
        String subject = message.getSubject() == null ? "" : message.getSubject();
        String receivedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
        return new Mail(Ids.next(), from, to, subject, text(message), receivedAt);
    }

    /** The plain text of a mail; of its parts the first that is text. */
    private static String text(Part part) throws MessagingException, IOException {
        Object content = part.getContent();
        if (content instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                String text = text(parts.getBodyPart(i));
                if (!text.isEmpty()) {
                    return text;
                }
            }
            return "";
        }
        return content instanceof String text ? text.strip() : "";
    }

    @Override
    public void close() {
        page.stop();
        smtp.stop();
    }
}
