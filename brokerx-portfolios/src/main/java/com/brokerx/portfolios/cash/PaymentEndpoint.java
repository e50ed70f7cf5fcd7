package com.brokerx.portfolios.cash;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.idempotency.Idempotency;
import com.brokerx.commons.idempotency.Idempotency.Claim;
import com.brokerx.commons.idempotency.IdempotencyKey;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.page.Page;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.fasterxml.jackson.core.JsonProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.List;
import java.util.UUID;

/** What deposits and withdrawals have in common over HTTP. */
final class PaymentEndpoint {

    private final PaymentKind kind;
    private final PaymentService service;

    PaymentEndpoint(PaymentKind kind, PaymentService service) {
        this.kind = kind;
        this.service = service;
    }

    Response create(Caller caller, String idempotencyKey, PaymentRequest request) {
        var key = IdempotencyKey.of(idempotencyKey, caller.clientId(), kind.wireName(), request);
        return switch (service.request(kind, caller.clientId(), request, key)) {
            case PaymentService.Outcome.Accepted(Payment payment) ->
                Response.created(URI.create("/api/v1/" + kind.wireName() + "s/" + payment.id()))
                        .entity(PaymentMessages.answer(payment))
                        .build();
            case PaymentService.Outcome.Refused(PaymentRefusal refusal) ->
                refusal.toProblem().toResponse();
            case PaymentService.Outcome.Replayed(Claim.Answered answer) -> replay(answer);
        };
    }

    Page<PaymentView> list(Caller caller, PageRequest page) {
        List<Payment> payments =
                service.list(kind, caller.clientId(), page.beforeId().orElse(null), page.limitPlusOne());
        return Page.of(page, payments, Payment::id).map(Payment::view);
    }

    PaymentView.Single find(Caller caller, UUID id) {
        return service.find(kind, caller.clientId(), id)
                .map(payment -> new PaymentView.Single(payment.view()))
                .orElseThrow(() -> Problem.of(CommonCode.NOT_FOUND, "you have no such " + kind.wireName())
                        .asException());
    }

    /** The first answer again, which says of itself that it is one. */
    private static Response replay(Claim.Answered answer) {
        if (answer.status() >= 400) {
            return answer.toResponse();
        }
        try {
            PaymentView.Answer first = Json.mapper().readValue(answer.body(), PaymentView.Answer.class);
            return Response.ok(first.replayed())
                    .header(Idempotency.REPLAYED_HEADER, "true")
                    .build();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored answer that cannot be read", e);
        }
    }
}
