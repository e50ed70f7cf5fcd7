package com.brokerx.clients.registration;

import com.brokerx.clients.account.Client;
import java.time.Duration;

/** What comes of the steps of a registration. */
interface RegistrationOutcome {

    sealed interface OfRegister {}

    sealed interface OfVerify {}

    sealed interface OfResend {}

    record Registered(Client client, String verificationToken) implements OfRegister {}

    record EmailTaken() implements OfRegister {}

    record Verified(Client client) implements OfVerify {}

    /** Unknown, used or too old, or another account's. */
    record NotValid() implements OfVerify {}

    record Resent(String verificationToken) implements OfResend {}

    record UnknownAccount() implements OfResend {}

    record AlreadyVerified() implements OfResend {}

    record TooMany(Duration pause) implements OfResend {}
}
