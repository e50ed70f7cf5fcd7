package com.brokerx.clients.password;

import com.brokerx.clients.ClientsCode;
import com.brokerx.clients.Message;
import com.brokerx.clients.page.Pages;
import com.brokerx.clients.session.Device;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.Problem;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Passwords changed and forgotten. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Tag(name = "passwords")
public final class PasswordResource {

    /** Whose password is forgotten. */
    public record ForgotRequest(
            @NotBlank(message = "is missing") @Size(max = 1024, message = "is too long")
            String email) {}

    /** A new password, with the token that was mailed. */
    public record ResetRequest(
            @NotBlank(message = "is missing") String token,

            @NotNull(message = "is missing")
            @Pattern(regexp = PasswordRules.LENGTH, message = PasswordRules.LENGTH_MESSAGE)
            String password) {}

    /** A new password in the place of the present one. */
    public record ChangeRequest(
            @NotBlank(message = "is missing") @Size(max = 1024, message = "is too long")
            String currentPassword,

            @NotNull(message = "is missing")
            @Pattern(regexp = PasswordRules.LENGTH, message = PasswordRules.LENGTH_MESSAGE)
            String password) {}

    private final PasswordService passwords;
    private final PasswordRules rules;
    private final String addressHeader;

    public PasswordResource(PasswordService passwords, PasswordRules rules, String addressHeader) {
        this.passwords = passwords;
        this.rules = rules;
        this.addressHeader = addressHeader;
    }

    @POST
    @Path("/auth/forgot_password")
    @Operation(
            summary = "Have a link mailed that sets a new password",
            description = "The answer does not tell whether there is such an account.")
    @ApiResponse(
            responseCode = "202",
            description = "always",
            content = @Content(schema = @Schema(implementation = Message.class)))
    public Response forgotPassword(@Valid @NotNull ForgotRequest request) {
        passwords.forgot(request.email().strip());
        return Response.accepted(new Message("If there is an account with this address, a link is on its way"))
                .build();
    }

    /** The page behind the mailed link. */
    @GET
    @Path("/auth/reset_password")
    @Produces(MediaType.TEXT_HTML)
    @Hidden
    public Response resetPage() {
        return Pages.resetPassword();
    }

    @POST
    @Path("/auth/reset_password")
    @Operation(summary = "Set a new password with the mailed token", description = "All sessions end.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "the password is set")
    @ApiResponse(responseCode = "422", description = "reset_failed: unknown, used or too old")
    public Message resetPassword(@Valid @NotNull ResetRequest request) {
        rules.check("password", request.password());
        if (!passwords.reset(request.token(), request.password())) {
            throw Problem.of(ClientsCode.RESET_FAILED, "the link is unknown, was used or is too old; ask for another")
                    .asException();
        }
        return new Message("Your password is set; sign in with it");
    }

    @POST
    @Path("/me/password")
    @SecurityRequirement(name = "bearer")
    @Operation(summary = "Change the password", description = "All other sessions end.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "the password is changed")
    @ApiResponse(responseCode = "422", description = "wrong_password, validation_failed")
    public Message changePassword(
            @Parameter(hidden = true) @Auth Caller caller,
            @Valid @NotNull ChangeRequest request,
            @Parameter(hidden = true) @Context HttpServletRequest http) {
        rules.check("password", request.password());
        Device device = Device.of(http, addressHeader);
        if (!passwords.change(caller, device, request.currentPassword(), request.password())) {
            throw Problem.ofField(ClientsCode.WRONG_PASSWORD, "current_password", "is not right")
                    .asException();
        }
        return new Message("Your password is changed; your other sessions have ended");
    }
}
