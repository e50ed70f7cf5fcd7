package com.brokerx.portfolios.cash;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;

/** Where a payment provider's adapter reports what became of a payment. Repeats and late reports change nothing. */
@Path("/internal/payment_callbacks")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public final class CallbackResource {

    /**
     * @param result {@code settled} or {@code refused}
     * @param reference the provider's, for a settled payment
     * @param reason of a refusal
     */
    public record Callback(
            @NotNull UUID paymentId,
            @NotNull String result,
            @Size(max = 200) String reference,
            @Size(max = 200) String reason) {

        PaymentProvider.Answer answer() {
            return switch (result) {
                case "settled" -> new PaymentProvider.Answer.Settled(reference);
                case "refused" -> new PaymentProvider.Answer.Refused(reason == null ? "no reason given" : reason);
                default ->
                    throw Problem.ofField(CommonCode.VALIDATION_FAILED, "result", "has to be settled or refused")
                            .asException();
            };
        }
    }

    private final PaymentService service;

    public CallbackResource(PaymentService service) {
        this.service = service;
    }

    @POST
    public PaymentView.Single report(@Valid @NotNull Callback callback) {
        return service.callback(callback.paymentId(), callback.answer())
                .map(payment -> new PaymentView.Single(payment.view()))
                .orElseThrow(() -> Problem.of(CommonCode.NOT_FOUND, "there is no such payment")
                        .asException());
    }
}
