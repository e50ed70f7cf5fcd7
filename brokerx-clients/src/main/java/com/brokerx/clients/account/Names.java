package com.brokerx.clients.account;

import com.brokerx.commons.text.PlainText;

/** Names of people: any writing, up to 100 characters, but nothing that is not text. */
public final class Names {

    /** For {@code @Pattern}: plain text, and not only blanks. */
    public static final String FORM = "(?=.*\\S)" + PlainText.CHARACTER + "{1,100}";

    public static final String FORM_MESSAGE = "has to have 1 to 100 characters, not only blanks";

    private Names() {}
}
