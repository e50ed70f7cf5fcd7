package com.brokerx.clients.registration;

import com.brokerx.clients.ClientsCode;
import com.brokerx.clients.account.Client;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.page.Pages;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.outbox.Outbox;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.parameters.RequestBody;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;

/** Proving that the e-mail address is one's own. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "registration")
public final class VerificationResource {

    /** The token may come in the body or as {@code ?token=}. */
    public record VerifyRequest(String token) {}

    /** A verified account. */
    public record VerifiedAnswer(String message, Client client) {}

    /** Another link is on its way. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record ResentAnswer(
            String message,

            @Schema(description = "what was mailed, only where the configuration exposes secrets (development)")
            String verificationToken) {}

    private final RegistrationService registrations;
    private final MailQueue mails;
    private final Outbox outbox;
    private final boolean exposeSecrets;

    /** @param exposeSecrets whether answers carry what was mailed */
    public VerificationResource(
            RegistrationService registrations, MailQueue mails, Outbox outbox, boolean exposeSecrets) {
        this.registrations = registrations;
        this.mails = mails;
        this.outbox = outbox;
        this.exposeSecrets = exposeSecrets;
    }

    @GET
    @Path("/clients/{id}/verify_email")
    @Operation(summary = "Verify the e-mail address, as the mailed link does")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "verified")
    @ApiResponse(responseCode = "422", description = "verification_failed: unknown, used or older than 24 hours")
    public VerifiedAnswer verifyByLink(@PathParam("id") UUID id, @QueryParam("token") String token) {
        return verify(id, token);
    }

    /** The same for a browser, which asks for a page. */
    @GET
    @Path("/clients/{id}/verify_email")
    @Produces("text/html; qs=0.9")
    @Hidden
    public Response verifyInBrowser(@PathParam("id") UUID id, @QueryParam("token") String token) {
        try {
            return Pages.saying(200, "Welcome to BrokerX", verify(id, token).message());
        } catch (ProblemException refused) {
            Problem problem = refused.problem();
            return Pages.saying(problem.code().status(), problem.code().title(), problem.detail());
        }
    }

    @POST
    @Path("/clients/{id}/verify_email")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            summary = "Verify the e-mail address",
            requestBody = @RequestBody(content = @Content(schema = @Schema(implementation = VerifyRequest.class))))
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "verified")
    @ApiResponse(responseCode = "422", description = "verification_failed: unknown, used or older than 24 hours")
    public VerifiedAnswer verifyEmail(@PathParam("id") UUID id, @QueryParam("token") String token, byte[] body)
            throws IOException {
        // The body may be left out, which a typed parameter would refuse.
        VerifyRequest request = body.length == 0 ? null : Json.mapper().readValue(body, VerifyRequest.class);
        return verify(id, request == null || request.token() == null ? token : request.token());
    }

    private VerifiedAnswer verify(UUID id, String token) {
        if (token == null || token.isBlank()) {
            throw Problem.ofField(CommonCode.VALIDATION_FAILED, "token", "is missing")
                    .asException();
        }
        return switch (registrations.verify(id, token)) {
            case RegistrationOutcome.Verified(Client client) -> {
                outbox.wake();
                yield new VerifiedAnswer("Your e-mail address is verified; you can sign in now", client);
            }
            case RegistrationOutcome.NotValid() ->
                throw Problem.of(
                                ClientsCode.VERIFICATION_FAILED,
                                "the link is unknown, was used or is too old; sign in, or have another one mailed")
                        .asException();
        };
    }

    @POST
    @Path("/clients/{id}/resend_verification")
    @Operation(summary = "Mail another verification link", description = "3 an hour.")
    @ApiResponse(
            responseCode = "202",
            description = "a link is on its way",
            content = @Content(schema = @Schema(implementation = ResentAnswer.class)))
    @ApiResponse(responseCode = "409", description = "already_verified")
    @ApiResponse(responseCode = "429", description = "rate_limited")
    public Response resendVerification(@PathParam("id") UUID id) {
        return switch (registrations.resend(id)) {
            case RegistrationOutcome.Resent(String token) -> {
                mails.wake();
                yield Response.accepted(new ResentAnswer("Another link is on its way", exposeSecrets ? token : null))
                        .build();
            }
            case RegistrationOutcome.UnknownAccount() ->
                throw Problem.of(CommonCode.NOT_FOUND, "there is no such account")
                        .asException();
            case RegistrationOutcome.AlreadyVerified() ->
                throw Problem.of(ClientsCode.ALREADY_VERIFIED, "the address is verified; sign in")
                        .asException();
            case RegistrationOutcome.TooMany(Duration wait) ->
                throw Problem.of(CommonCode.RATE_LIMITED, "enough links were mailed; look into your spam folder")
                        .retryAfter(wait)
                        .asException();
        };
    }
}
