package com.brokerx.clients.mfa;

import com.brokerx.clients.ClientsCode;
import com.brokerx.clients.Message;
import com.brokerx.clients.account.Client;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.session.Device;
import com.brokerx.clients.session.SignIn;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.Instant;
import java.util.List;

/** The second factor: met at each sign-in, and set up. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "sign-in")
public final class MfaResource {

    /** The second step of signing in. */
    public record VerifyMfaRequest(
            @NotBlank(message = "is missing") String sessionToken,
            @NotBlank(message = "is missing") String mfaCode) {}

    /** A finished sign-in. */
    public record SignedInAnswer(
            String message, String token, String tokenType, Instant expiresAt, String refreshToken, Client client) {}

    /** The first code of a new authenticator app. */
    public record ConfirmTotpRequest(
            @NotBlank(message = "is missing") String code) {}

    /** What an authenticator app needs. */
    public record TotpAnswer(String message, String secret, String otpauthUri, String qrCode) {}

    /** Shown once. */
    public record RecoveryCodesAnswer(String message, List<String> recoveryCodes) {}

    private final Challenges challenges;
    private final Totp totp;
    private final MailQueue mails;
    private final String addressHeader;

    public MfaResource(Challenges challenges, Totp totp, MailQueue mails, String addressHeader) {
        this.challenges = challenges;
        this.totp = totp;
        this.mails = mails;
        this.addressHeader = addressHeader;
    }

    @POST
    @Path("/auth/verify_mfa")
    @Operation(
            summary = "Finish signing in with the code",
            description = "The mailed code, or where an authenticator app is set up its code or a recovery code.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "signed in")
    @ApiResponse(responseCode = "401", description = "mfa_failed: wrong, too late, used, or one try too many")
    public SignedInAnswer verifyMfa(
            @Valid @NotNull VerifyMfaRequest request, @Parameter(hidden = true) @Context HttpServletRequest http) {
        Device device = Device.of(http, addressHeader);
        return switch (challenges.verify(
                request.sessionToken(), request.mfaCode().strip(), device)) {
            case MfaOutcome.SignedIn(SignIn signIn, Client client) ->
                new SignedInAnswer(
                        "You are signed in",
                        signIn.token(),
                        "Bearer",
                        signIn.expiresAt(),
                        signIn.refreshToken(),
                        client);
            case MfaOutcome.Failed() ->
                throw Problem.of(
                                ClientsCode.MFA_FAILED,
                                "the code is wrong or was used, or the sign-in took too long or had too many tries; "
                                        + "sign in again if a second look does not help")
                        .withHeader("WWW-Authenticate", "Bearer realm=\"brokerx\"")
                        .asException();
        };
    }

    @POST
    @Path("/me/mfa/totp")
    @Consumes(MediaType.WILDCARD)
    @SecurityRequirement(name = "bearer")
    @Operation(
            summary = "Begin to set an authenticator app up",
            description = "Scan the QR code (a data: URI with an SVG) or type the secret, then confirm with a code.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "what the app needs")
    @ApiResponse(responseCode = "409", description = "totp_already_enabled")
    public TotpAnswer beginTotp(@Parameter(hidden = true) @Auth Caller caller) {
        return switch (totp.begin(caller.clientId())) {
            case TotpOutcome.Begun begun ->
                new TotpAnswer(
                        "Add the secret to your app, then confirm with a code of it",
                        begun.secret(),
                        begun.otpauthUri(),
                        begun.qrCode());
            case TotpOutcome.AlreadyEnabled() -> throw alreadyEnabled();
        };
    }

    @POST
    @Path("/me/mfa/totp/confirm")
    @SecurityRequirement(name = "bearer")
    @Operation(
            summary = "Confirm the authenticator app with its first code",
            description =
                    "Answers ten recovery codes, which cannot be shown again. From now on signing in asks the app.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "ten recovery codes")
    @ApiResponse(responseCode = "409", description = "totp_not_started, totp_already_enabled")
    @ApiResponse(responseCode = "422", description = "invalid_code")
    public RecoveryCodesAnswer confirmTotp(
            @Parameter(hidden = true) @Auth Caller caller, @Valid @NotNull ConfirmTotpRequest request) {
        return switch (totp.confirm(caller.clientId(), request.code().strip())) {
            case TotpOutcome.Confirmed(List<String> codes) -> {
                mails.wake();
                yield new RecoveryCodesAnswer("Keep these codes in a safe place; each works once", codes);
            }
            case TotpOutcome.AlreadyEnabled() -> throw alreadyEnabled();
            case TotpOutcome.NotStarted() ->
                throw Problem.of(ClientsCode.TOTP_NOT_STARTED, "begin with POST /api/v1/me/mfa/totp")
                        .asException();
            case TotpOutcome.WrongCode() ->
                throw Problem.ofField(ClientsCode.INVALID_CODE, "code", "is not what the app shows now, or was used")
                        .asException();
        };
    }

    private static ProblemException alreadyEnabled() {
        return Problem.of(ClientsCode.TOTP_ALREADY_ENABLED, "remove the authenticator app before you set up another")
                .asException();
    }

    @DELETE
    @Path("/me/mfa/totp")
    @SecurityRequirement(name = "bearer")
    @Operation(summary = "Remove the authenticator app", description = "Signing in mails codes again.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "removed")
    @ApiResponse(responseCode = "409", description = "totp_not_started: there is none")
    public Message removeTotp(@Parameter(hidden = true) @Auth Caller caller) {
        if (!totp.remove(caller.clientId())) {
            throw Problem.of(ClientsCode.TOTP_NOT_STARTED, "there is no authenticator app to remove")
                    .asException();
        }
        mails.wake();
        return new Message("The authenticator app is removed");
    }
}
