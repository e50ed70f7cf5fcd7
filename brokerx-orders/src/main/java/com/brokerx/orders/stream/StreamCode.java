package com.brokerx.orders.stream;

import java.util.Locale;

/**
 * What the stream says when it refuses something: {@code code} of an error message and, where the connection ends, the reason of the
 * close frame too. Names never change once published.
 */
enum StreamCode {
    MALFORMED_MESSAGE("the message is not the JSON that the stream knows", StreamCode.STAYS_OPEN),
    UNKNOWN_ACTION("there is no such action", StreamCode.STAYS_OPEN),
    UNKNOWN_CHANNEL("there is no such channel", StreamCode.STAYS_OPEN),
    INVALID_AFTER("there is no such place in the log", StreamCode.STAYS_OPEN),
    INVALID_WITHIN("the time is shorter or longer than may be asked for", StreamCode.STAYS_OPEN),
    UNKNOWN_SYMBOL("there is no such symbol", StreamCode.STAYS_OPEN),
    GUARD_ENDED(
            "nothing was heard of you for too long: orders were cancelled unless another connection guards them; ask again",
            StreamCode.STAYS_OPEN),
    SUBSCRIPTION_LIMIT_EXCEEDED("you have too many subscriptions", StreamCode.STAYS_OPEN),
    SERVICE_UNAVAILABLE("a service that this depends on is not available; try again", StreamCode.STAYS_OPEN),

    UNAUTHORIZED("the access token is missing, not valid, or has ended", StreamCode.POLICY),
    AUTHENTICATION_TIMEOUT("no access token came in time", StreamCode.POLICY),
    CONNECTION_LIMIT_EXCEEDED("there are too many connections", StreamCode.POLICY),
    MESSAGE_RATE_EXCEEDED("too many messages in too short a time", StreamCode.POLICY),
    SLOW_READER("too much waits to be read", StreamCode.POLICY),
    SILENT("nothing was heard for too long", StreamCode.POLICY),
    TEXT_ONLY("messages are text", 1003),
    GOING_AWAY("this instance is stopping; connect again", 1001),
    INTERNAL_ERROR("something went wrong on our side; connect again", 1011);

    private static final int STAYS_OPEN = 0;
    private static final int POLICY = 1008;

    private final String message;
    private final int closeStatus;

    StreamCode(String message, int closeStatus) {
        this.message = message;
        this.closeStatus = closeStatus;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String message() {
        return message;
    }

    boolean endsConnection() {
        return closeStatus != STAYS_OPEN;
    }

    /** The status of the close frame (RFC 6455, section 7.4). */
    int closeStatus() {
        return closeStatus;
    }
}
