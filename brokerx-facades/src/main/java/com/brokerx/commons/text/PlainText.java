package com.brokerx.commons.text;

import java.util.regex.Pattern;

/** Text that people can read, in whatever writing: no control characters, halves of characters or unassigned ones. */
public final class PlainText {

    /** One character of it, for regular expressions. */
    public static final String CHARACTER = "[^\\p{Cc}\\p{Cs}\\p{Cn}]";

    /** For {@code @Pattern}, where the length is checked elsewhere. */
    public static final String FORM = CHARACTER + "*";

    /** What is said of a text that is none. */
    public static final String FORM_MESSAGE = "must not hold control characters";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private PlainText() {}

    public static boolean is(String text) {
        return PATTERN.matcher(text).matches();
    }
}
