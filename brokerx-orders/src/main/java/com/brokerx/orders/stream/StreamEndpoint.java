package com.brokerx.orders.stream;

import com.brokerx.commons.auth.Caller;
import java.nio.ByteBuffer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.common.WebSocketSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Where Jetty tells of one connection. */
public final class StreamEndpoint extends Session.Listener.AbstractAutoDemanding {

    private static final Logger LOG = LoggerFactory.getLogger(StreamEndpoint.class);

    private final StreamContext context;
    private final String token;
    private final Caller caller;
    private Connection connection;

    /**
     * A connection that is about to be opened.
     *
     * @param token that came with the request; null where none did
     * @param caller whom it stands for; null where none came
     */
    StreamEndpoint(StreamContext context, String token, Caller caller) {
        this.context = context;
        this.token = token;
        this.caller = caller;
    }

    @Override
    public void onWebSocketOpen(Session session) {
        super.onWebSocketOpen(session);
        // Through the session itself a text would be encoded again for each reader.
        connection = new Connection(context, ((WebSocketSession) session).getCoreSession());
        context.connections().add(connection);
        if (caller != null) {
            connection.admit(token, caller);
        }
    }

    @Override
    public void onWebSocketText(String message) {
        connection.receive(message);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        connection.end(StreamCode.TEXT_ONLY);
        callback.succeed();
    }

    @Override
    public void onWebSocketPing(ByteBuffer payload) {
        connection.pinged(payload);
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        connection.heard();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        LOG.debug("a connection failed", cause);
    }

    @Override
    public void onWebSocketClose(int status, String reason) {
        connection.closed();
    }
}
