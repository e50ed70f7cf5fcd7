package com.brokerx.clients;

import com.brokerx.commons.problem.Code;

/** The reasons of this service's refusals, beside {@link com.brokerx.commons.problem.CommonCode}. */
public enum ClientsCode implements Code {
    INVALID_CREDENTIALS(401, "E-mail address or password is not right"),
    MFA_FAILED(401, "The code is not right, or the sign-in has ended"),
    INVALID_REFRESH_TOKEN(401, "The refresh token is not valid"),
    REFRESH_TOKEN_REUSED(401, "The refresh token was used before"),
    EMAIL_NOT_VERIFIED(403, "The e-mail address is not verified yet"),
    ACCOUNT_SUSPENDED(403, "The account is suspended"),
    INVALID_STATE(409, "The account's present state does not allow this"),
    ALREADY_VERIFIED(409, "The e-mail address is verified already"),
    TOTP_ALREADY_ENABLED(409, "An authenticator app is set up already"),
    TOTP_NOT_STARTED(409, "There is no authenticator app to confirm or remove"),
    EMAIL_TAKEN(422, "There is an account with this e-mail address"),
    PASSWORD_MISMATCH(422, "The two passwords differ"),
    WRONG_PASSWORD(422, "The present password is not right"),
    INVALID_CODE(422, "The code is not right"),
    VERIFICATION_FAILED(422, "The verification link is not valid"),
    RESET_FAILED(422, "The password reset is not valid");

    private final int status;
    private final String title;

    ClientsCode(int status, String title) {
        this.status = status;
        this.title = title;
    }

    @Override
    public int status() {
        return status;
    }

    @Override
    public String title() {
        return title;
    }
}
