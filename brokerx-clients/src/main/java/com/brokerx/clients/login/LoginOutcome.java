package com.brokerx.clients.login;

import com.brokerx.clients.mfa.Challenges;

/** What comes of an e-mail address and a password. */
sealed interface LoginOutcome {

    record MfaRequired(Challenges.Opened challenge) implements LoginOutcome {}

    /** Unknown address, wrong password, closed account, or a delay after wrong passwords: never told apart. */
    record BadCredentials() implements LoginOutcome {}

    record EmailNotVerified() implements LoginOutcome {}

    record Suspended() implements LoginOutcome {}

    /** The password is right, but of late there were too many wrong codes. */
    record TooManyWrongCodes() implements LoginOutcome {}
}
