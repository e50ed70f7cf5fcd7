package com.brokerx.local.system;

import com.icegreen.greenmail.util.GreenMailUtil;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What mails say. */
final class Mails {

    private Mails() {}

    static String recipients(MimeMessage message) {
        try {
            return Arrays.stream(message.getRecipients(Message.RecipientType.TO))
                    .map(Object::toString)
                    .collect(Collectors.joining(" "));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The whole message as text; quoted-printable line breaks are undone. */
    static String text(MimeMessage message) {
        return GreenMailUtil.getWholeMessage(message).replace("=\r\n", "");
    }
}
