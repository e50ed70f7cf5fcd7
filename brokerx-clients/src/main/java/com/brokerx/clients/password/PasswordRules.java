package com.brokerx.clients.password;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.nulabinc.zxcvbn.StandardDictionaries;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;

/** Which passwords are accepted: any characters, 8 to 128 of them, and in production none of those that everybody uses. */
public final class PasswordRules {

    /** Of the length, for {@code @Pattern}: counts characters, not UTF-16 units. */
    public static final String LENGTH = "(?s).{8,128}";

    public static final String LENGTH_MESSAGE = "has to have 8 to 128 characters";

    private final Set<String> common;

    public PasswordRules(PasswordSettings settings) {
        this.common = settings.refuseCommon() ? load() : Set.of();
    }

    private static Set<String> load() {
        try {
            return Set.copyOf(StandardDictionaries.PASSWORDS_LOADER.load().getFrequencies());
        } catch (IOException e) {
            throw new UncheckedIOException("the list of common passwords cannot be read", e);
        }
    }

    /**
     * Refuses what everybody uses.
     *
     * @throws com.brokerx.commons.problem.ProblemException 422 naming {@code field}
     */
    public void check(String field, String password) {
        if (common.contains(password.toLowerCase(Locale.ROOT))) {
            throw Problem.ofField(
                            CommonCode.VALIDATION_FAILED, field, "is one of the most used passwords; choose another")
                    .asException();
        }
    }
}
