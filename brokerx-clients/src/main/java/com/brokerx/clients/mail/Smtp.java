package com.brokerx.clients.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.time.Instant;
import java.util.Date;
import java.util.Properties;

/** The conversation with the SMTP server. */
final class Smtp {

    private final MailSettings settings;
    private final Session session;

    Smtp(MailSettings settings) {
        this.settings = settings;
        this.session = Session.getInstance(properties(settings));
    }

    private static Properties properties(MailSettings settings) {
        String deadline = Long.toString(settings.deadline().toMilliseconds());
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.host", settings.host());
        properties.setProperty("mail.smtp.port", Integer.toString(settings.port()));
        properties.setProperty("mail.smtp.connectiontimeout", deadline);
        properties.setProperty("mail.smtp.timeout", deadline);
        properties.setProperty("mail.smtp.writetimeout", deadline);
        properties.setProperty("mail.smtp.auth", Boolean.toString(settings.user() != null));
        switch (settings.encryption()) {
            case NONE -> {}
            case STARTTLS -> {
                properties.setProperty("mail.smtp.starttls.enable", "true");
                properties.setProperty("mail.smtp.starttls.required", "true");
                properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            }
            case TLS -> {
                properties.setProperty("mail.smtp.ssl.enable", "true");
                properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
            }
        }
        return properties;
    }

    /** An open connection, over which several mails may go. */
    Transport connect() throws MessagingException {
        Transport transport = session.getTransport("smtp");
        transport.connect(settings.user(), settings.password());
        return transport;
    }

    void send(Transport transport, String id, String recipient, String subject, MailQueue.Content content, Instant at)
            throws MessagingException {
        MimeMessage message = new MimeMessage(session);
        message.setFrom(new InternetAddress(settings.from(), true));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(recipient, true));
        message.setSubject(subject, "UTF-8");
        message.setSentDate(Date.from(at));
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-BrokerX-Mail-Id", id);
        message.setContent(alternatives(content));
        message.saveChanges();
        transport.sendMessage(message, message.getAllRecipients());
    }

    private static MimeMultipart alternatives(MailQueue.Content content) throws MessagingException {
        MimeBodyPart text = new MimeBodyPart();
        text.setText(content.text(), "UTF-8", "plain");
        MimeBodyPart html = new MimeBodyPart();
        html.setText(content.html(), "UTF-8", "html");
        return new MimeMultipart("alternative", text, html);
    }
}
