package com.brokerx.clients.mfa;

import io.dropwizard.util.Duration;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;

/**
 * How the second factor works.
 *
 * @param codeLifetime how long a sign-in may wait for its code; 5 minutes if left out
 * @param codeTries wrong codes that end a sign-in; 5 if left out
 * @param wrongCodesPerHour wrong codes of one account in an hour, over all its sign-ins; 30 if left out
 * @param issuer the name that authenticator apps show; BrokerX if left out
 */
public record MfaSettings(
        Duration codeLifetime,
        @Min(1) Integer codeTries,
        @Min(5) Integer wrongCodesPerHour,
        @NotBlank String issuer) {

    public static final MfaSettings DEFAULT = new MfaSettings(null, null, null, null);

    public MfaSettings {
        codeLifetime = codeLifetime == null ? Duration.minutes(5) : codeLifetime;
        codeTries = codeTries == null ? 5 : codeTries;
        wrongCodesPerHour = wrongCodesPerHour == null ? 30 : wrongCodesPerHour;
        issuer = issuer == null ? "BrokerX" : issuer;
    }
}
