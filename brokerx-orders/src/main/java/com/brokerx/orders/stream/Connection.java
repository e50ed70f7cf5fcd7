package com.brokerx.orders.stream;

import com.brokerx.commons.auth.Caller;
import com.brokerx.commons.problem.UnavailableException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer: who it is, what it subscribed to, and whether it behaves. */
final class Connection implements Outbound.Owner {

    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration TOKEN_CHECK = Duration.ofSeconds(1);
    /** How long a peer has to answer our close frame. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final String AUTHENTICATE_FIRST = "authenticate first";

    private final StreamContext context;
    private final CoreSession wire;
    private final Outbound out;
    private final MessageBudget budget;
    private final Map<ChannelName, Subscription> subscriptions = new ConcurrentHashMap<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final Instant openedAt;
    private volatile Instant lastHeard;
    private volatile Instant endedAt;
    private volatile String token;
    private volatile Caller caller;

    /** The timer's own. */
    private Instant nextHeartbeat;

    private Instant nextTokenCheck;

    Connection(StreamContext context, CoreSession wire) {
        this.context = context;
        this.wire = wire;
        StreamSettings settings = context.settings();
        out = new Outbound(wire, this, settings.sendBuffer().toBytes(), context.metrics(), context.clock());
        budget = new MessageBudget(settings.messagesPerSecond(), settings.messageBurst(), System.nanoTime());
        openedAt = context.clock().instant();
        lastHeard = openedAt;
        nextHeartbeat = openedAt.plus(settings.heartbeat().toJavaDuration());
        nextTokenCheck = openedAt.plus(TOKEN_CHECK);
    }

    /** @return null as long as no token has come */
    Caller caller() {
        return caller;
    }

    /** Takes the peer for this caller, as long as the token holds. */
    void admit(String newToken, Caller newCaller) {
        boolean isFirst = caller == null;
        if (isFirst && !context.connections().mayConnect(newCaller.clientId())) {
            end(StreamCode.CONNECTION_LIMIT_EXCEEDED);
        } else if (!isFirst && !caller.clientId().equals(newCaller.clientId())) {
            end(StreamCode.UNAUTHORIZED, "the token is another client's");
        } else {
            token = newToken;
            caller = newCaller;
        }
    }

    /** A text message has come. */
    void receive(String text) {
        if (!mayGoOn()) {
            return;
        }
        try {
            ClientMessage message = ClientMessage.parse(text);
            switch (message.action()) {
                case "authenticate" -> authenticate(message.token());
                case "subscribe" -> subscribe(message);
                case "unsubscribe" -> unsubscribe(message);
                case DisconnectGuards.ACTION -> guard(message);
                case "ping" -> confirm();
                default -> refuse(null, StreamCode.UNKNOWN_ACTION, StreamCode.UNKNOWN_ACTION.message());
            }
        } catch (ClientMessage.MalformedException malformed) {
            refuse(null, StreamCode.MALFORMED_MESSAGE, malformed.getMessage());
        }
    }

    /** A ping has come, which wants its answer. */
    void pinged(ByteBuffer payload) {
        if (mayGoOn()) {
            wire.sendFrame(new Frame(OpCode.PONG).setPayload(payload), Callback.NOOP, false);
        }
    }

    @Override
    public void heard() {
        lastHeard = context.clock().instant();
    }

    Instant lastHeard() {
        return lastHeard;
    }

    /** Asks the peer for a sign of life. */
    void probe() {
        wire.sendFrame(new Frame(OpCode.PING), Callback.NOOP, false);
    }

    /** Whether what comes from the peer does not count any more. */
    boolean hasEnded() {
        return endedAt != null || closed.get();
    }

    private boolean mayGoOn() {
        heard();
        if (endedAt != null) {
            return false;
        }
        if (!budget.spend(System.nanoTime())) {
            end(StreamCode.MESSAGE_RATE_EXCEEDED);
            return false;
        }
        return true;
    }

    private void authenticate(String newToken) throws ClientMessage.MalformedException {
        if (newToken == null) {
            throw new ClientMessage.MalformedException("token is missing");
        }
        try {
            Optional<Caller> verified = context.verifier().get().verify(newToken);
            if (verified.isEmpty()) {
                end(StreamCode.UNAUTHORIZED);
                return;
            }
            admit(newToken, verified.get());
            confirm();
        } catch (UnavailableException down) {
            LOG.debug("a token cannot be checked at the moment", down);
            refuse(null, StreamCode.SERVICE_UNAVAILABLE, StreamCode.SERVICE_UNAVAILABLE.message());
        }
    }

    /** All that was asked before is done. */
    private void confirm() {
        if (endedAt == null) {
            out.put(ServerMessage.heartbeat(context.clock().instant()).encode());
        }
    }

    private void subscribe(ClientMessage message) throws ClientMessage.MalformedException {
        if (caller == null) {
            end(StreamCode.UNAUTHORIZED, AUTHENTICATE_FIRST);
            return;
        }
        List<String> names = channelsOf(message);
        OptionalLong after = message.after() == null ? OptionalLong.empty() : OptionalLong.of(message.after());
        if (after.isPresent() && after.getAsLong() < 0) {
            refuse(ChannelName.ORDERS.toString(), StreamCode.INVALID_AFTER, "after is 0 or more");
            return;
        }
        if (after.isPresent() && !names.contains(ChannelName.ORDERS.toString())) {
            refuse(null, StreamCode.INVALID_AFTER, "after goes with the channel orders");
            return;
        }
        for (String name : names) {
            Optional<ChannelName> channel = ChannelName.parse(name).filter(context.feeds()::isKnown);
            if (channel.isPresent()) {
                subscribe(channel.get(), channel.get().isPrivate() ? after : OptionalLong.empty());
            } else {
                refuse(name, StreamCode.UNKNOWN_CHANNEL, StreamCode.UNKNOWN_CHANNEL.message());
            }
        }
    }

    private void subscribe(ChannelName channel, OptionalLong after) {
        drop(channel);
        if (!context.connections().maySubscribe(caller.clientId())) {
            refuse(
                    channel.toString(),
                    StreamCode.SUBSCRIPTION_LIMIT_EXCEEDED,
                    "at most %d subscriptions a client"
                            .formatted(context.settings().subscriptionsPerClient()));
            return;
        }
        context.metrics().subscribed(channel.kind());
        subscriptions.put(channel, context.feeds().subscribe(channel, this, after));
        if (closed.get()) {
            drop(channel);
        }
    }

    private void unsubscribe(ClientMessage message) throws ClientMessage.MalformedException {
        for (String name : channelsOf(message)) {
            ChannelName.parse(name).ifPresent(this::drop);
        }
        confirm();
    }

    private void guard(ClientMessage message) throws ClientMessage.MalformedException {
        if (caller == null) {
            end(StreamCode.UNAUTHORIZED, AUTHENTICATE_FIRST);
        } else {
            context.guards().ask(this, message);
        }
    }

    private static List<String> channelsOf(ClientMessage message) throws ClientMessage.MalformedException {
        if (message.channels() == null
                || message.channels().isEmpty()
                || message.channels().contains(null)) {
            throw new ClientMessage.MalformedException("channels is missing");
        }
        return message.channels();
    }

    /** Ends one subscription, if there is one. */
    void drop(ChannelName channel) {
        Subscription subscription = subscriptions.remove(channel);
        if (subscription != null) {
            subscription.end();
            context.metrics().unsubscribed(channel.kind());
            context.connections().unsubscribed(caller.clientId());
        }
    }

    /** Sends an update unless the peer is slow; see {@link Outbound#offer}. */
    boolean offer(Encoded update) {
        return out.offer(update);
    }

    /** Sends what may not be left out. */
    void send(Encoded message) {
        out.put(message);
    }

    /** Says that something asked for is not done. */
    void refuse(String channel, StreamCode code, String message) {
        out.put(ServerMessage.error(channel, code, message, context.clock().instant())
                .encode());
    }

    void end(StreamCode code) {
        end(code, code.message());
    }

    private void end(StreamCode code, String message) {
        if (endedAt != null) {
            return;
        }
        endedAt = context.clock().instant();
        context.metrics().ended(code);
        LOG.debug("ending a connection: {}", code);
        out.offer(ServerMessage.error(null, code, message, endedAt).encode());
        wire.close(code.closeStatus(), code.wireName(), Callback.NOOP);
    }

    /** What is due: a heartbeat, a look at the token, the end of one who is silent. */
    void tick(Instant now, Encoded heartbeat) {
        StreamSettings settings = context.settings();
        if (endedAt != null) {
            if (now.isAfter(endedAt.plus(FAREWELL))) {
                wire.abort();
            }
        } else if (caller == null && isOver(openedAt, settings.authenticationTimeout(), now)) {
            end(StreamCode.AUTHENTICATION_TIMEOUT);
        } else if (isOver(lastHeard, settings.silence(), now)) {
            end(StreamCode.SILENT);
        } else if (caller != null && !hasToken(now)) {
            end(StreamCode.UNAUTHORIZED, "the token has ended; authenticate in time with the next one");
        } else if (!now.isBefore(nextHeartbeat)) {
            nextHeartbeat = nextHeartbeat.plus(settings.heartbeat().toJavaDuration());
            // Who is slow hears enough of us.
            out.offer(heartbeat);
            probe();
        }
    }

    private static boolean isOver(Instant from, io.dropwizard.util.Duration time, Instant now) {
        return now.isAfter(from.plus(time.toJavaDuration()));
    }

    private boolean hasToken(Instant now) {
        if (now.isBefore(nextTokenCheck)) {
            return true;
        }
        nextTokenCheck = now.plus(TOKEN_CHECK);
        try {
            return context.verifier().get().verify(token).isPresent();
        } catch (UnavailableException down) {
            LOG.debug("a token cannot be checked at the moment", down);
            return true;
        }
    }

    @Override
    public void drained() {
        context.feeds().resume(this);
    }

    @Override
    public void broken(Throwable cause) {
        LOG.debug("a connection broke", cause);
        wire.abort();
    }

    @Override
    public void overfull() {
        end(StreamCode.SLOW_READER);
        // It does not read: a close frame would not reach it either.
        wire.abort();
    }

    /** The connection is gone. */
    void closed() {
        if (closed.compareAndSet(false, true)) {
            subscriptions.keySet().forEach(this::drop);
            context.connections().remove(this);
            if (caller != null) {
                context.connections().disconnected(caller.clientId());
            }
        }
    }
}
