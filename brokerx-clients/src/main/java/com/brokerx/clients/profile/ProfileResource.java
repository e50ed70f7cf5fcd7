package com.brokerx.clients.profile;

import com.brokerx.clients.ClientsCode;
import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStatus;
import com.brokerx.clients.account.Client;
import com.brokerx.clients.account.Emails;
import com.brokerx.clients.account.Names;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import io.dropwizard.auth.Auth;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.security.SecurityRequirement;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;
import java.util.UUID;

/** Accounts: one's own, and for administrators everybody's. */
@Path("/api/v1")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@SecurityRequirement(name = "bearer")
@Tag(name = "accounts")
public final class ProfileResource {

    /** What can be changed. */
    public record Change(
            @NotNull(message = "is missing") @Pattern(regexp = Names.FORM, message = Names.FORM_MESSAGE)
            String name) {}

    /** The same, flat or in the envelope that a registration has. */
    public record ClientChange(
            @Pattern(regexp = Names.FORM, message = Names.FORM_MESSAGE)
            String name,

            @Valid Change client) {

        private String newName() {
            if (client != null) {
                return client.name();
            }
            if (name == null) {
                throw Problem.ofField(CommonCode.VALIDATION_FAILED, "name", "is missing")
                        .asException();
            }
            return name;
        }
    }

    private final ProfileService profiles;

    public ProfileResource(ProfileService profiles) {
        this.profiles = profiles;
    }

    @GET
    @Path("/me")
    @Operation(summary = "Who is signed in")
    public Client me(@Parameter(hidden = true) @Auth Caller caller) {
        return read(caller.clientId());
    }

    @PATCH
    @Path("/me")
    @Operation(summary = "Change one's name")
    public Client changeMe(@Parameter(hidden = true) @Auth Caller caller, @Valid @NotNull Change change) {
        return done(profiles.rename(caller.clientId(), change.name().strip()));
    }

    @GET
    @Path("/clients/{id}")
    @Operation(summary = "One account: one's own, or an administrator's call")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "the account")
    @ApiResponse(responseCode = "404", description = "not_found: unknown, or somebody else's")
    public Client findClient(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        return read(visible(caller, id));
    }

    @PATCH
    @Path("/clients/{id}")
    @Operation(summary = "Change the name", description = "The body may be flat or wrapped in client.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "the account")
    @ApiResponse(responseCode = "404", description = "not_found: unknown, or somebody else's")
    public Client changeClient(
            @Parameter(hidden = true) @Auth Caller caller,
            @PathParam("id") UUID id,
            @Valid @NotNull ClientChange change) {
        return done(profiles.rename(visible(caller, id), change.newName().strip()));
    }

    @DELETE
    @Path("/clients/{id}")
    @Operation(summary = "Close the account for ever", description = "All sessions end.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "the account")
    @ApiResponse(responseCode = "404", description = "not_found: unknown, or somebody else's")
    public Client closeClient(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        return done(profiles.close(visible(caller, id)));
    }

    @GET
    @Path("/clients")
    @RolesAllowed(Caller.ADMIN)
    @Operation(summary = "All accounts, newest first; administrators only")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "a page of accounts")
    @ApiResponse(responseCode = "403", description = "forbidden")
    public Page<Client> listClients(
            @Parameter(hidden = true) @Auth Caller caller,
            @QueryParam("email") String email,
            @QueryParam("status") String status,
            @BeanParam PageRequest page) {
        var accounts = profiles.list(Optional.ofNullable(email).map(ProfileResource::email), status(status), page);
        return Page.of(page, accounts, Account::id).map(Account::toClient);
    }

    private static String email(String text) {
        if (!Emails.isPossible(text)) {
            throw Problem.ofField(CommonCode.VALIDATION_FAILED, "email", Emails.FORM_MESSAGE)
                    .asException();
        }
        return text;
    }

    private static Optional<AccountStatus> status(String text) {
        return Optional.ofNullable(text)
                .map(name -> AccountStatus.ofWireName(name).orElseThrow(() -> Problem.ofField(
                                CommonCode.VALIDATION_FAILED,
                                "status",
                                "has to be pending, active, suspended or closed")
                        .asException()));
    }

    @POST
    @Path("/clients/{id}/suspend")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Caller.ADMIN)
    @Operation(
            summary = "Bar an account; administrators only",
            description = "Its sessions end, and every service refuses its tokens within seconds.")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "the account")
    @ApiResponse(responseCode = "403", description = "forbidden")
    @ApiResponse(responseCode = "409", description = "invalid_state: not active, or one's own")
    public Client suspendClient(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        if (caller.clientId().equals(id)) {
            throw Problem.of(ClientsCode.INVALID_STATE, "administrators cannot suspend themselves")
                    .asException();
        }
        return done(profiles.suspend(id));
    }

    @POST
    @Path("/clients/{id}/reactivate")
    @Consumes(MediaType.WILDCARD)
    @RolesAllowed(Caller.ADMIN)
    @Operation(summary = "Let a suspended account in again; administrators only")
    @ApiResponse(responseCode = "200", useReturnTypeSchema = true, description = "the account")
    @ApiResponse(responseCode = "403", description = "forbidden")
    @ApiResponse(responseCode = "409", description = "invalid_state: not suspended")
    public Client reactivateClient(@Parameter(hidden = true) @Auth Caller caller, @PathParam("id") UUID id) {
        return done(profiles.reactivate(id));
    }

    private static UUID visible(Caller caller, UUID id) {
        if (!caller.mayActFor(id)) {
            throw unknown();
        }
        return id;
    }

    private Client read(UUID id) {
        return profiles.find(id).map(Account::toClient).orElseThrow(ProfileResource::unknown);
    }

    private static Client done(ProfileOutcome outcome) {
        return switch (outcome) {
            case ProfileOutcome.Done(Client client) -> client;
            case ProfileOutcome.Unknown() -> throw unknown();
            case ProfileOutcome.WrongState(AccountStatus status) ->
                throw Problem.of(ClientsCode.INVALID_STATE, "the account is " + status.wireName())
                        .with("status_of_account", status.wireName())
                        .asException();
        };
    }

    private static ProblemException unknown() {
        return Problem.of(CommonCode.NOT_FOUND, "there is no such account").asException();
    }
}
