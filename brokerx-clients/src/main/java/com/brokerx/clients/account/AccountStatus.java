package com.brokerx.clients.account;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where an account stands: {@code pending} → {@code active} ⇄ {@code suspended}, and from each of them {@code closed}. */
public enum AccountStatus {
    /** Registered; the e-mail address is not proved yet. */
    PENDING,
    ACTIVE,
    /** Barred by an administrator. */
    SUSPENDED,
    /** Ended by its owner, for ever. */
    CLOSED;

    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<AccountStatus> ofWireName(String name) {
        return Arrays.stream(values())
                .filter(status -> status.wireName().equals(name))
                .findFirst();
    }
}
