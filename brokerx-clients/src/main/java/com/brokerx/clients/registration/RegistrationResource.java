package com.brokerx.clients.registration;

import com.brokerx.clients.ClientsCode;
import com.brokerx.clients.account.Client;
import com.brokerx.clients.account.Emails;
import com.brokerx.clients.account.Names;
import com.brokerx.clients.mail.MailQueue;
import com.brokerx.clients.password.PasswordHasher;
import com.brokerx.clients.password.PasswordRules;
import com.brokerx.clients.secret.SecretBox;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.idempotency.Idempotency.Answer;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.problem.Problem;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Opening an account. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "registration")
public final class RegistrationResource {

    /** A registration comes in an envelope. */
    public record RegisterRequest(
            @NotNull(message = "is missing") @Valid NewClient client) {}

    /** Who registers. */
    public record NewClient(
            @NotNull(message = "is missing") @Pattern(regexp = Names.FORM, message = Names.FORM_MESSAGE)
            String name,

            @NotNull(message = "is missing") @Pattern(regexp = Emails.FORM, message = Emails.FORM_MESSAGE)
            String email,

            @NotNull(message = "is missing")
            @Pattern(regexp = PasswordRules.LENGTH, message = PasswordRules.LENGTH_MESSAGE)
            String password,

            @Schema(description = "has to equal the password, if it is sent")
            String passwordConfirmation) {

        @Override
        public String toString() {
            return "NewClient[" + name + "]";
        }
    }

    /** A new account. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record RegisteredAnswer(
            String message,
            Client client,

            @Schema(description = "what was mailed, only where the configuration exposes secrets (development)")
            String verificationToken) {}

    private final RegistrationService registrations;
    private final PasswordRules passwords;
    private final PasswordHasher hasher;
    private final Idempotency idempotency;
    private final SecretBox secrets;
    private final MailQueue mails;
    private final boolean exposeSecrets;

    /** @param exposeSecrets whether answers carry what was mailed */
    public RegistrationResource(
            RegistrationService registrations,
            PasswordRules passwords,
            PasswordHasher hasher,
            Idempotency idempotency,
            SecretBox secrets,
            MailQueue mails,
            boolean exposeSecrets) {
        this.registrations = registrations;
        this.passwords = passwords;
        this.hasher = hasher;
        this.idempotency = idempotency;
        this.secrets = secrets;
        this.mails = mails;
        this.exposeSecrets = exposeSecrets;
    }

    @POST
    @Path("/clients")
    @Operation(
            summary = "Open an account",
            description = "A link that verifies the e-mail address is mailed; nobody can sign in before.")
    @ApiResponse(
            responseCode = "201",
            description = "the account is open; verify the address next",
            content = @Content(schema = @Schema(implementation = RegisteredAnswer.class)))
    @ApiResponse(responseCode = "409", description = "idempotency_key_conflict")
    @ApiResponse(responseCode = "422", description = "email_taken, password_mismatch, validation_failed")
    public Response registerClient(
            @HeaderParam(IdempotencyKey.HEADER) String idempotencyKey, @Valid @NotNull RegisterRequest request) {
        NewClient client = request.client();
        check(client);
        Optional<IdempotencyKey> key = key(idempotencyKey, client);
        String hash = hasher.hash(client.password());
        Response response = idempotency.once(
                key, tx -> answer(registrations.register(tx, client.name().strip(), client.email(), hash)));
        mails.wake();
        return response;
    }

    private void check(NewClient client) {
        if (client.passwordConfirmation() != null
                && !client.passwordConfirmation().equals(client.password())) {
            throw Problem.ofField(
                            ClientsCode.PASSWORD_MISMATCH, "client.password_confirmation", "differs from the password")
                    .asException();
        }
        passwords.check("client.password", client.password());
    }

    /** The stored hash of the request must not help to guess the password, so the password goes in as a keyed fingerprint. */
    private Optional<IdempotencyKey> key(String header, NewClient client) {
        String password = HexFormat.of().formatHex(secrets.fingerprint("registration", client.password()));
        return IdempotencyKey.of(
                header, "anonymous", "clients.register", List.of(client.name(), client.email(), password));
    }

    private Answer answer(RegistrationOutcome.OfRegister outcome) {
        return switch (outcome) {
            case RegistrationOutcome.Registered(Client client, String token) ->
                Answer.created(
                        "/api/v1/clients/" + client.id(),
                        new RegisteredAnswer(
                                "Welcome. Please verify your e-mail address with the link that we mailed you",
                                client,
                                exposeSecrets ? token : null));
            case RegistrationOutcome.EmailTaken() ->
                Answer.refusal(Problem.ofField(
                        ClientsCode.EMAIL_TAKEN, "client.email", "belongs to an account already; sign in with it"));
        };
    }
}
