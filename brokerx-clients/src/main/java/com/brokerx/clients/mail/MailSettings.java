package com.brokerx.clients.mail;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * How mail leaves the house.
 *
 * @param host the SMTP server
 * @param port of the SMTP server
 * @param from the sender that clients see, for example {@code BrokerX <no-reply@example.com>}; no-reply at the host of
 *     {@code publicUrl} if left out
 * @param user signs in to the SMTP server where given
 * @param password of {@code user}
 * @param encryption whether the connection has to be encrypted; {@code NONE} if left out
 * @param senders how many mails are under way at once; 2 if left out
 * @param pollInterval how often the queue is looked at; a commit wakes the senders earlier. 500 ms if left out
 * @param deadline for one step of the SMTP conversation; 10 s if left out
 * @param firstRetry the wait after a first failure, doubled after each further one; 2 s if left out
 * @param longestRetry the longest wait; 10 min if left out
 * @param giveUpAfter a mail that could not be sent for this long is given up; 3 days if left out
 */
public record MailSettings(
        @NotBlank String host,
        @Min(1) @Max(65_535) int port,
        String from,
        String user,
        String password,
        Encryption encryption,
        @Min(1) Integer senders,
        Duration pollInterval,
        Duration deadline,
        Duration firstRetry,
        Duration longestRetry,
        Duration giveUpAfter) {

    /** How the connection to the SMTP server is protected. */
    public enum Encryption {
        NONE,
        /** Begins in the clear and has to switch to TLS (usually port 587). */
        STARTTLS,
        /** TLS from the first byte (usually port 465). */
        TLS
    }

    public MailSettings {
        user = user == null || user.isBlank() ? null : user;
        encryption = encryption == null ? Encryption.NONE : encryption;
        senders = senders == null ? 2 : senders;
        pollInterval = pollInterval == null ? Duration.milliseconds(500) : pollInterval;
        deadline = deadline == null ? Duration.seconds(10) : deadline;
        firstRetry = firstRetry == null ? Duration.seconds(2) : firstRetry;
        longestRetry = longestRetry == null ? Duration.minutes(10) : longestRetry;
        giveUpAfter = giveUpAfter == null ? Duration.days(3) : giveUpAfter;
    }

    /** The same, with this sender where none is set. */
    public MailSettings orFrom(String sender) {
        boolean isSet = from != null && !from.isBlank();
        return new MailSettings(
                host,
                port,
                isSet ? from : sender,
                user,
                password,
                encryption,
                senders,
                pollInterval,
                deadline,
                firstRetry,
                longestRetry,
                giveUpAfter);
    }
}
