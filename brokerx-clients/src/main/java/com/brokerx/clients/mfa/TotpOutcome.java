package com.brokerx.clients.mfa;

import java.util.List;

/** What comes of setting an authenticator app up. */
interface TotpOutcome {

    sealed interface OfBegin {}

    sealed interface OfConfirm {}

    /**
     * What an app needs.
     *
     * @param qrCode the URI as a picture, itself a {@code data:} URI
     */
    record Begun(String secret, String otpauthUri, String qrCode) implements OfBegin {}

    record Confirmed(List<String> recoveryCodes) implements OfConfirm {}

    record WrongCode() implements OfConfirm {}

    record NotStarted() implements OfConfirm {}

    record AlreadyEnabled() implements OfBegin, OfConfirm {}
}
