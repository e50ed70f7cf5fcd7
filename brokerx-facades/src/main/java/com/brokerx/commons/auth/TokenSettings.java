package com.brokerx.commons.auth;

import jakarta.validation.constraints.NotBlank;

/**
 * What makes an access token ours.
 *
 * @param issuer the {@code iss} claim
 * @param audience the {@code aud} claim
 * @param cachedTokens how many verified tokens are kept, so that a token's signature is checked once; 50,000 if left out
 */
public record TokenSettings(
        @NotBlank String issuer, @NotBlank String audience, Integer cachedTokens) {

    public TokenSettings {
        cachedTokens = cachedTokens == null ? 50_000 : cachedTokens;
    }
}
