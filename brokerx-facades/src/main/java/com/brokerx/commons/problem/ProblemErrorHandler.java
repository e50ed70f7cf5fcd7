package com.brokerx.commons.problem;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/** What Jetty refuses before Jersey sees it (bad request line, headers too large) is a problem too. */
public final class ProblemErrorHandler extends ErrorHandler {

    private final String instanceId;

    public ProblemErrorHandler(String instanceId) {
        this.instanceId = instanceId;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        Object status = request.getAttribute(ErrorHandler.ERROR_STATUS);
        CommonCode code = CommonCode.ofStatus(status instanceof Integer number ? number : response.getStatus());
        response.setStatus(code.status());
        String requestId = RequestId.accept(request.getHeaders()::get);
        response.getHeaders().put(RequestId.HEADER, requestId);
        response.getHeaders().put(RequestId.INSTANCE_HEADER, instanceId);
        try (var scope = RequestId.enter(requestId)) {
            write(Problem.of(code, code.title()), response, callback);
        }
        return true;
    }

    private static void write(Problem problem, Response response, Callback callback) throws JsonProcessingException {
        byte[] body = Json.mapper().writeValueAsString(problem.toBody()).getBytes(StandardCharsets.UTF_8);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE.toString());
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
