package com.brokerx.commons.outbox;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signatures of the Standard Webhooks specification: HMAC-SHA256 over {@code id.timestamp.body}, version {@code v1}. */
public final class WebhookSignature {

    public static final String ID_HEADER = "webhook-id";
    public static final String TIMESTAMP_HEADER = "webhook-timestamp";
    public static final String SIGNATURE_HEADER = "webhook-signature";

    private static final String VERSION = "v1,";

    private WebhookSignature() {}

    /** One signature for each secret, separated by blanks, so that either side may change its secret first. */
    public static String sign(List<String> secrets, String id, long timestamp, byte[] body) {
        return secrets.stream()
                .map(secret -> VERSION + Base64.getEncoder().encodeToString(hmac(secret, id, timestamp, body)))
                .collect(Collectors.joining(" "));
    }

    /** Whether one of the signatures was made with one of the secrets, and not longer ago (or ahead) than {@code tolerance}. */
    public static boolean verify(
            List<String> secrets,
            String id,
            long timestamp,
            byte[] body,
            String signatures,
            Instant now,
            Duration tolerance) {
        if (Duration.between(Instant.ofEpochSecond(timestamp), now).abs().compareTo(tolerance) > 0) {
            return false;
        }
        boolean valid = false;
        for (String signature : signatures.split(" ", -1)) {
            for (String secret : secrets) {
                byte[] expected = (VERSION + Base64.getEncoder().encodeToString(hmac(secret, id, timestamp, body)))
                        .getBytes(StandardCharsets.UTF_8);
                valid |= MessageDigest.isEqual(expected, signature.getBytes(StandardCharsets.UTF_8));
            }
        }
        return valid;
    }

    private static byte[] hmac(String secret, String id, long timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
