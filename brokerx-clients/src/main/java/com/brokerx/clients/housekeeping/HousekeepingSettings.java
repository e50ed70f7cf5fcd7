package com.brokerx.clients.housekeeping;

import io.dropwizard.util.Duration;

/**
 * How long what is over is kept.
 *
 * @param interval how often is cleaned up; 15 minutes if left out
 * @param sessions ended sessions, for questions about who was signed in when; 30 days if left out
 * @param mails when which mail was sent (never its content); 30 days if left out
 * @param tokens ended links and codes; 2 days if left out
 * @param inbox ids of received events; 30 days if left out
 */
public record HousekeepingSettings(
        Duration interval, Duration sessions, Duration mails, Duration tokens, Duration inbox) {

    public static final HousekeepingSettings DEFAULT = new HousekeepingSettings(null, null, null, null, null);

    public HousekeepingSettings {
        interval = interval == null ? Duration.minutes(15) : interval;
        sessions = sessions == null ? Duration.days(30) : sessions;
        mails = mails == null ? Duration.days(30) : mails;
        tokens = tokens == null ? Duration.days(2) : tokens;
        inbox = inbox == null ? Duration.days(30) : inbox;
    }
}
