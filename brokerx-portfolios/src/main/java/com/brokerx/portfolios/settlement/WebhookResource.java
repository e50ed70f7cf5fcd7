package com.brokerx.portfolios.settlement;

import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.commons.outbox.WebhookReceiver;
import com.brokerx.commons.outbox.WebhookSignature;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Where the relays of the other services deliver their events. */
@Path("/internal/webhooks/portfolios")
public final class WebhookResource {

    private final WebhookReceiver receiver;

    public WebhookResource(WebhookReceiver receiver) {
        this.receiver = receiver;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public EventEnvelope.Receipt receive(
            @HeaderParam(WebhookSignature.ID_HEADER) String id,
            @HeaderParam(WebhookSignature.TIMESTAMP_HEADER) String timestamp,
            @HeaderParam(WebhookSignature.SIGNATURE_HEADER) String signature,
            byte[] body) {
        return receiver.receive(id, timestamp, signature, body);
    }
}
