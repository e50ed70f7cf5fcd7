package com.brokerx.clients.mfa;

import com.brokerx.clients.secret.Tokens;
import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.google.common.io.BaseEncoding;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import javax.crypto.spec.SecretKeySpec;

/** The arithmetic of RFC 6238 with the parameters that all authenticator apps know: SHA-1, 6 digits, 30 seconds. */
final class TotpCodes {

    static final int SECRET_BYTES = 20;
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final TimeBasedOneTimePasswordGenerator GENERATOR = new TimeBasedOneTimePasswordGenerator(STEP, 6);
    /** A code of the step before or after is right too, for clocks that differ and people who type slowly. */
    private static final long TOLERANCE_STEPS = 1;

    private TotpCodes() {}

    static byte[] newSecret() {
        return Tokens.randomBytes(SECRET_BYTES);
    }

    /** The time step that {@code code} belongs to, empty when it is not right at {@code now}. */
    static OptionalLong stepOf(byte[] secret, String code, Instant now) {
        long present = now.getEpochSecond() / STEP.toSeconds();
        OptionalLong found = OptionalLong.empty();
        for (long step = present - TOLERANCE_STEPS; step <= present + TOLERANCE_STEPS; step++) {
            if (isEqual(code(secret, Instant.ofEpochSecond(step * STEP.toSeconds())), code)) {
                found = OptionalLong.of(step);
            }
        }
        return found;
    }

    static String code(byte[] secret, Instant at) {
        try {
            var key = new SecretKeySpec(secret, GENERATOR.getAlgorithm());
            return GENERATOR.generateOneTimePasswordString(key, at, Locale.ROOT);
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static boolean isEqual(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }

    /** The secret as people type it into an app. */
    static String base32(byte[] secret) {
        return BaseEncoding.base32().omitPadding().encode(secret);
    }

    /** The same for apps that read a QR code (the Key URI format). */
    static URI uri(String issuer, String account, byte[] secret) {
        return URI.create("otpauth://totp/" + encode(issuer) + ":" + encode(account) + "?secret=" + base32(secret)
                + "&issuer=" + encode(issuer) + "&algorithm=SHA1&digits=6&period=" + STEP.toSeconds());
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
