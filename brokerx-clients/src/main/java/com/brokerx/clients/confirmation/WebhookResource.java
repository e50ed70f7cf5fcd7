package com.brokerx.clients.confirmation;

import com.brokerx.clients.mail.MailQueue;
import com.brokerx.commons.outbox.EventEnvelope;
import com.brokerx.commons.outbox.WebhookReceiver;
import com.brokerx.commons.outbox.WebhookSignature;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Takes what the other services tell this one. */
@Hidden
@Path("/internal/webhooks/clients")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public final class WebhookResource {

    private final WebhookReceiver receiver;
    private final MailQueue mails;

    public WebhookResource(WebhookReceiver receiver, MailQueue mails) {
        this.receiver = receiver;
        this.mails = mails;
    }

    @POST
    public EventEnvelope.Receipt receive(
            @HeaderParam(WebhookSignature.ID_HEADER) String id,
            @HeaderParam(WebhookSignature.TIMESTAMP_HEADER) String timestamp,
            @HeaderParam(WebhookSignature.SIGNATURE_HEADER) String signature,
            byte[] body) {
        EventEnvelope.Receipt receipt = receiver.receive(id, timestamp, signature, body);
        mails.wake();
        return receipt;
    }
}
