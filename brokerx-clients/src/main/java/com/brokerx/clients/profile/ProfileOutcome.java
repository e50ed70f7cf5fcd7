package com.brokerx.clients.profile;

import com.brokerx.clients.account.AccountStatus;
import com.brokerx.clients.account.Client;

/** What comes of changing an account. */
sealed interface ProfileOutcome {

    record Done(Client client) implements ProfileOutcome {}

    record Unknown() implements ProfileOutcome {}

    /** The account's present status does not allow it. */
    record WrongState(AccountStatus status) implements ProfileOutcome {}
}
