package com.brokerx.clients.account;

import java.util.regex.Pattern;

/** E-mail addresses: what HTML calls valid, with a domain that has a dot. Compared whatever their case. */
public final class Emails {

    private static final String LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";

    /** For {@code @Pattern}. */
    public static final String FORM =
            "(?=.{3,254}$)[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(?:\\." + LABEL + ")+";

    public static final String FORM_MESSAGE = "has to be an e-mail address like name@example.com";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private Emails() {}

    /** Whether there can be an account with this address at all. */
    public static boolean isPossible(String email) {
        return email.length() <= 254 && PATTERN.matcher(email).matches();
    }
}
