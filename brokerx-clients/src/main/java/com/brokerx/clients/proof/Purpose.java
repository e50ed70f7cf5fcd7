package com.brokerx.clients.proof;

/** What a mailed token is good for. */
public enum Purpose {
    VERIFY_EMAIL,
    RESET_PASSWORD
}
