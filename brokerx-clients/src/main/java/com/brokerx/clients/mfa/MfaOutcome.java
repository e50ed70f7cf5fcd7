package com.brokerx.clients.mfa;

import com.brokerx.clients.account.Client;
import com.brokerx.clients.session.SignIn;

/** What comes of a code. */
sealed interface MfaOutcome {

    record SignedIn(SignIn signIn, Client client) implements MfaOutcome {}

    /** Wrong, too late, used, one try too many, or for a sign-in that is not known. */
    record Failed() implements MfaOutcome {}
}
