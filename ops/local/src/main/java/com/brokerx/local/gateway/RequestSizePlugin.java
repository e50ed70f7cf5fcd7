package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.PluginConfig.RequestSizeLimiting;
import io.undertow.server.Connectors;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.ImmediatePooledByteBuffer;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;

/** Refuses bodies that are too large, by their declared length, or where none is declared by reading them first. */
final class RequestSizePlugin implements Plugin {

    private final int limitBytes;

    RequestSizePlugin(RequestSizeLimiting config) {
        this.limitBytes = config.bytes();
    }

    @Override
    public int priority() {
        return 951;
    }

    @Override
    public HttpHandler access(HttpHandler next) {
        return exchange -> {
            long declared = exchange.getRequestContentLength();
            if (declared > limitBytes) {
                refuse(exchange);
            } else if (declared < 0 && exchange.getRequestHeaders().contains(Headers.TRANSFER_ENCODING)) {
                readFirst(exchange, next);
            } else {
                next.handleRequest(exchange);
            }
        };
    }

    private void readFirst(HttpServerExchange exchange, HttpHandler next) {
        exchange.getRequestReceiver().setMaxBufferSize(limitBytes);
        exchange.getRequestReceiver()
                .receiveFullBytes((read, body) -> passOn(read, body, next), (failed, e) -> refuse(failed));
    }

    private static void passOn(HttpServerExchange exchange, byte[] body, HttpHandler next) {
        Connectors.ungetRequestBytes(exchange, new ImmediatePooledByteBuffer(ByteBuffer.wrap(body)));
        Connectors.resetRequestChannel(exchange);
        exchange.dispatch(exchange.getIoThread(), next);
    }

    private static void refuse(HttpServerExchange exchange) {
        String expect = exchange.getRequestHeaders().getFirst(Headers.EXPECT);
        boolean waits = expect != null && expect.strip().equalsIgnoreCase("100-continue");
        exchange.setPersistent(false);
        int status = waits ? StatusCodes.EXPECTATION_FAILED : StatusCodes.REQUEST_ENTITY_TOO_LARGE;
        KongError.send(exchange, status, "Request size limit exceeded");
    }
}
