package com.brokerx.clients.mfa;

import com.brokerx.clients.secret.SecretBox;
import com.brokerx.clients.secret.Tokens;
import com.google.common.io.BaseEncoding;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Ten codes of 50 bits for the day the telephone is gone, each good for one sign-in. Only fingerprints are stored. */
final class RecoveryCodes {

    private static final int COUNT = 10;
    private static final int HALF = 5;
    private static final int LENGTH = 2 * HALF;
    private static final String PURPOSE = "recovery code";

    private final SecretBox secrets;
    private final InstantSource clock;

    RecoveryCodes(SecretBox secrets, InstantSource clock) {
        this.secrets = secrets;
        this.clock = clock;
    }

    /** Makes ten new ones in the place of those before. They cannot be shown again. */
    List<String> renew(Handle tx, UUID accountId) {
        List<String> codes = Stream.generate(RecoveryCodes::next).limit(COUNT).toList();
        TotpStore store = tx.attach(TotpStore.class);
        store.removeRecoveryCodes(accountId);
        store.insertRecoveryCodes(
                accountId,
                codes.stream().map(code -> secrets.fingerprint(PURPOSE, code)).toList());
        return codes.stream()
                .map(code -> code.substring(0, HALF) + "-" + code.substring(HALF))
                .toList();
    }

    /** Uses a code up; false where it is none of the account's, or was used before. */
    boolean use(Handle tx, UUID accountId, String typed) {
        String code = typed.toLowerCase(Locale.ROOT).replaceAll("[\\s-]", "");
        TotpStore store = tx.attach(TotpStore.class);
        return secrets.fingerprints(PURPOSE, code).stream()
                .anyMatch(hash -> store.useRecoveryCode(accountId, hash, clock.instant()) == 1);
    }

    private static String next() {
        byte[] random = Tokens.randomBytes(LENGTH);
        return BaseEncoding.base32().lowerCase().encode(random).substring(0, LENGTH);
    }
}
