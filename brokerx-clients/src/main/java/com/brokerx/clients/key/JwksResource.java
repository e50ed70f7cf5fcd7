package com.brokerx.clients.key;

import com.brokerx.facades.clients.ClientsFacade.JsonWebKeys;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The public keys of access tokens. */
@Path("/.well-known/jwks.json")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "sign-in")
public final class JwksResource {

    private static final int CACHE_SECONDS = 30;

    private final SigningKeys keys;

    public JwksResource(SigningKeys keys) {
        this.keys = keys;
    }

    @GET
    @Operation(
            summary = "The public keys that access tokens may be signed with (RFC 7517)",
            description =
                    "Several while keys rotate: look a token's kid up here, and ask again when it is not known yet.")
    @ApiResponse(
            responseCode = "200",
            description = "the keys",
            content = @Content(schema = @Schema(implementation = JsonWebKeys.class)))
    public Response jsonWebKeys() {
        CacheControl cache = new CacheControl();
        cache.setMaxAge(CACHE_SECONDS);
        return Response.ok(new JsonWebKeys(keys.published()))
                .cacheControl(cache)
                .build();
    }
}
