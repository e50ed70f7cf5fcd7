package com.brokerx.clients.account;

/** Names of people: any writing, up to 100 characters, but nothing that is not text. */
public final class Names {

    /** For {@code @Pattern}: no control characters, halves of characters or unassigned ones, and not only blanks. */
    public static final String FORM = "(?=.*\\S)[^\\p{Cc}\\p{Cs}\\p{Cn}]{1,100}";

    public static final String FORM_MESSAGE = "has to have 1 to 100 characters, not only blanks";

    private Names() {}
}
