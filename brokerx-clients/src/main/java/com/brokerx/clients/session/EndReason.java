package com.brokerx.clients.session;

/** Why a session ended before its time. */
public enum EndReason {
    LOGOUT,
    /** Ended by its owner from another session. */
    ENDED_BY_OWNER,
    PASSWORD_CHANGED,
    PASSWORD_RESET,
    SUSPENDED,
    CLOSED,
    /** A refresh token turned up a second time: somebody may have stolen it. */
    REFRESH_TOKEN_REUSED
}
