package com.brokerx.orders.stream;

import com.brokerx.commons.auth.Authentication;
import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.UnavailableException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;

/**
 * Turns a request into a connection. A token that comes with the request is checked before; one that is not valid is answered as
 * everywhere else.
 */
final class StreamServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final String BEARER = "Bearer ";

    private final transient StreamContext context;

    StreamServlet(StreamContext context) {
        this.context = context;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!"websocket".equalsIgnoreCase(request.getHeader("Upgrade"))) {
            answer(
                    Problem.of(CommonCode.UPGRADE_REQUIRED, "connect with a WebSocket client")
                            .withHeader("Upgrade", "websocket")
                            .withHeader("Connection", "Upgrade"),
                    response);
            return;
        }
        Optional<String> token = token(request);
        try {
            Caller caller = token.flatMap(context.verifier().get()::verify).orElse(null);
            if (token.isPresent() && caller == null) {
                answer(Authentication.unauthorized(), response);
                return;
            }
            JettyWebSocketServerContainer.getContainer(getServletContext())
                    .upgrade(
                            (upgrade, answer) -> new StreamEndpoint(context, token.orElse(null), caller),
                            request,
                            response);
        } catch (UnavailableException down) {
            answer(down.toProblem(), response);
        }
    }

    /** From the header, or for browsers, which cannot set one, from the query. */
    private static Optional<String> token(HttpServletRequest request) {
        String header = request.getHeader("Authorization");
        if (header != null) {
            // A header of another scheme is a token that is not valid.
            return Optional.of(
                    header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                            ? header.substring(BEARER.length()).strip()
                            : header);
        }
        return Optional.ofNullable(request.getParameter("token"));
    }

    private static void answer(Problem problem, HttpServletResponse response) throws IOException {
        response.setStatus(problem.code().status());
        response.setContentType(Problem.MEDIA_TYPE.toString());
        problem.headers().forEach(response::setHeader);
        Json.mapper().writeValue(response.getOutputStream(), problem.toBody());
    }
}
