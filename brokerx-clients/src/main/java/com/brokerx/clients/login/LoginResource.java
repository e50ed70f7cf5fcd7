package com.brokerx.clients.login;

import com.brokerx.clients.ClientsCode;
import com.brokerx.clients.mfa.Challenges;
import com.brokerx.clients.session.Device;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The first step of signing in. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "sign-in")
public final class LoginResource {

    private static final Duration WRONG_CODES_WAIT = Duration.ofMinutes(15);

    /** Who signs in. */
    public record LoginRequest(
            @NotBlank(message = "is missing") @Size(max = 1024, message = "is too long")
            String email,

            @NotBlank(message = "is missing") @Size(max = 1024, message = "is too long")
            String password) {}

    /** The way to the second step. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record MfaRequiredAnswer(
            String message,
            boolean mfaRequired,

            @Schema(description = "what may be sent as mfa_code: email, or totp and recovery_code")
            List<String> mfaMethods,

            String sessionToken,

            @Schema(description = "the mailed code, only where the configuration exposes secrets (development)")
            String mfaCode) {}

    private final LoginService logins;
    private final String addressHeader;
    private final Optional<URI> mailPage;
    private final boolean exposeSecrets;

    /**
     * @param mailPage where mail can be read, in development
     * @param exposeSecrets whether answers carry the mailed code
     */
    public LoginResource(LoginService logins, String addressHeader, Optional<URI> mailPage, boolean exposeSecrets) {
        this.logins = logins;
        this.addressHeader = addressHeader;
        this.mailPage = mailPage;
        this.exposeSecrets = exposeSecrets;
    }

    @POST
    @Path("/auth/login")
    @Operation(
            summary = "Sign in with e-mail address and password",
            description =
                    "The answer leads to the second step, POST /api/v1/auth/verify_mfa. An unknown address, a wrong "
                            + "password and an account that is slowed down after wrong passwords are not told apart.")
    @ApiResponse(
            responseCode = "200",
            useReturnTypeSchema = true,
            description = "the password is right; a code is wanted now")
    @ApiResponse(responseCode = "401", description = "invalid_credentials")
    @ApiResponse(
            responseCode = "403",
            description = "email_not_verified, account_suspended; only after the right password")
    @ApiResponse(responseCode = "429", description = "rate_limited: too many wrong codes of late")
    public MfaRequiredAnswer login(
            @Valid @NotNull LoginRequest request, @Parameter(hidden = true) @Context HttpServletRequest http) {
        LoginOutcome outcome =
                logins.login(request.email().strip(), request.password(), Device.of(http, addressHeader));
        return switch (outcome) {
            case LoginOutcome.MfaRequired(Challenges.Opened challenge) -> answer(challenge);
            case LoginOutcome.BadCredentials() ->
                throw Problem.of(ClientsCode.INVALID_CREDENTIALS, "e-mail address or password is not right")
                        .withHeader("WWW-Authenticate", "Bearer realm=\"brokerx\"")
                        .asException();
            case LoginOutcome.EmailNotVerified() ->
                throw Problem.of(
                                ClientsCode.EMAIL_NOT_VERIFIED,
                                "follow the link in the mail that we sent you; "
                                        + mailPage.map(page -> "here mail is caught: read it at " + page)
                                                .orElse("look into your inbox, and your spam folder"))
                        .asException();
            case LoginOutcome.Suspended() ->
                throw Problem.of(
                                ClientsCode.ACCOUNT_SUSPENDED, "this account is suspended; please get in touch with us")
                        .asException();
            case LoginOutcome.TooManyWrongCodes() ->
                throw Problem.of(CommonCode.RATE_LIMITED, "there were too many wrong codes of late; try again later")
                        .retryAfter(WRONG_CODES_WAIT)
                        .asException();
        };
    }

    private MfaRequiredAnswer answer(Challenges.Opened challenge) {
        boolean byMail = challenge.mailedCode().isPresent();
        return new MfaRequiredAnswer(
                byMail ? "We mailed you a code" : "Open your authenticator app",
                true,
                challenge.methods(),
                challenge.sessionToken(),
                challenge.mailedCode().filter(code -> exposeSecrets).orElse(null));
    }
}
