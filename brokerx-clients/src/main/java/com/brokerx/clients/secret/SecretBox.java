package com.brokerx.clients.secret;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keeps small secrets at rest: seals them with AES-256-GCM, and takes fingerprints (HMAC-SHA256) of what is too short to be
 * hashed without a key, such as codes of six digits. All keys derive from the configured secrets; the first one works, the
 * later ones still open what was sealed before a rotation.
 */
public final class SecretBox {

    private static final int KEY_ID_BYTES = 4;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private record Keys(byte[] id, SecretKeySpec sealing, SecretKeySpec fingerprints) {}

    private final List<Keys> keys;

    /** @param secrets the one in use, then those that were in use before */
    public SecretBox(List<String> secrets) {
        this.keys = secrets.stream().map(SecretBox::derive).toList();
    }

    /**
     * Seals with the secret in use.
     *
     * @param purpose has to be the same for {@link #open}, so that a sealed value cannot be moved to another place
     */
    public byte[] seal(String purpose, byte[] plain) {
        Keys current = keys.getFirst();
        byte[] nonce = Tokens.randomBytes(NONCE_BYTES);
        byte[] sealed = crypt(Cipher.ENCRYPT_MODE, current, nonce, purpose, plain);
        return ByteBuffer.allocate(KEY_ID_BYTES + NONCE_BYTES + sealed.length)
                .put(current.id())
                .put(nonce)
                .put(sealed)
                .array();
    }

    /**
     * What was sealed.
     *
     * @throws IllegalStateException when none of the configured secrets sealed it, or it was tampered with
     */
    public byte[] open(String purpose, byte[] sealed) {
        byte[] id = Arrays.copyOf(sealed, KEY_ID_BYTES);
        byte[] nonce = Arrays.copyOfRange(sealed, KEY_ID_BYTES, KEY_ID_BYTES + NONCE_BYTES);
        byte[] content = Arrays.copyOfRange(sealed, KEY_ID_BYTES + NONCE_BYTES, sealed.length);
        Keys sealedWith = keys.stream()
                .filter(known -> Arrays.equals(known.id(), id))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "a stored secret (" + purpose
                                        + ") was sealed with another one than clients.secrets holds; put the earlier one back as the last"));
        return crypt(Cipher.DECRYPT_MODE, sealedWith, nonce, purpose, content);
    }

    public byte[] fingerprint(String purpose, String value) {
        return fingerprint(keys.getFirst(), purpose, value);
    }

    /** Whether {@code fingerprint} was taken of this value, under the secret in use or an earlier one. */
    public boolean matches(String purpose, String value, byte[] fingerprint) {
        return fingerprints(purpose, value).stream().anyMatch(one -> MessageDigest.isEqual(one, fingerprint));
    }

    /** The fingerprints that this value may have been stored under. */
    public List<byte[]> fingerprints(String purpose, String value) {
        return keys.stream().map(known -> fingerprint(known, purpose, value)).toList();
    }

    private static byte[] crypt(int mode, Keys keys, byte[] nonce, String purpose, byte[] input) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, keys.sealing(), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a stored secret (" + purpose + ") cannot be read or written", e);
        }
    }

    private static byte[] fingerprint(Keys keys, String purpose, String value) {
        return hmac(keys.fingerprints(), purpose + '\0' + value);
    }

    private static Keys derive(String secret) {
        SecretKeySpec root = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
        return new Keys(
                Arrays.copyOf(hmac(root, "brokerx clients key id"), KEY_ID_BYTES),
                new SecretKeySpec(hmac(root, "brokerx clients sealing"), "AES"),
                new SecretKeySpec(hmac(root, "brokerx clients fingerprints"), "HmacSHA256"));
    }

    private static byte[] hmac(SecretKeySpec key, String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
