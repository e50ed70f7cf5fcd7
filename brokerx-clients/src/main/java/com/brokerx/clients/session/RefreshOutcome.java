package com.brokerx.clients.session;

/** What comes of a refresh token. */
sealed interface RefreshOutcome {

    record Refreshed(SignIn signIn) implements RefreshOutcome {}

    /** Unknown or ended. */
    record NotValid() implements RefreshOutcome {}

    /** Used before; the whole session has ended now. */
    record Reused() implements RefreshOutcome {}
}
