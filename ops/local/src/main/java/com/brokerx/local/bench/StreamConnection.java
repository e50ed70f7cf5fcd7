package com.brokerx.local.bench;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * A WebSocket (RFC 6455) that is read without a thread of its own and without more work than a look at each message: a thousand of them
 * share the cores with the server whose speed they measure.
 */
final class StreamConnection {

    private static final int CONTINUATION = 0x0;
    private static final int TEXT = 0x1;
    private static final int CLOSE = 0x8;
    private static final int PING = 0x9;
    private static final int PONG = 0xA;
    /** The bit of the last frame of a message. */
    private static final int LAST = 0x80;

    private static final int MASKED = 0x80;
    /** Lengths up to here stand in the second byte of a frame; 126 says that two more bytes hold it, 127 eight. */
    private static final int LONGEST_SHORT = 125;

    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final SocketChannel channel;
    private ByteBuffer in = ByteBuffer.allocate(8 << 10);
    /** What has come of a message that is sent in several frames. */
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    private StreamConnection(SocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Connects, and returns when the server has agreed to speak WebSocket.
     *
     * @throws IOException when it did not
     */
    static StreamConnection open(URI server, String path, String token) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(server.getHost(), server.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        StreamConnection connection = new StreamConnection(channel);
        try {
            connection.shakeHands(server, path, token);
        } catch (IOException refused) {
            connection.close();
            throw refused;
        }
        return connection;
    }

    private void shakeHands(URI server, String path, String token) throws IOException {
        byte[] key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        String head = "GET " + path + " HTTP/1.1\r\nHost: " + server.getHost() + ":" + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
                + Base64.getEncoder().encodeToString(key) + "\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
        int end = -1;
        while (end < 0) {
            if (!fill()) {
                throw ended();
            }
            end = endOfHead();
        }
        String answer = new String(in.array(), 0, end, StandardCharsets.US_ASCII);
        if (!answer.startsWith("HTTP/1.1 101")) {
            throw new IOException(
                    "the stream answered " + answer.lines().findFirst().orElse("nothing"));
        }
        in.flip().position(end);
        in.compact();
    }

    private int endOfHead() {
        for (int i = 0; i <= in.position() - END_OF_HEAD.length; i++) {
            if (Arrays.equals(in.array(), i, i + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return i + END_OF_HEAD.length;
            }
        }
        return -1;
    }

    /** To be called before {@link #register}. */
    void send(String text) throws IOException {
        write(frame(TEXT, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** From now on the connection is read by {@link #read}, whenever the selector says that there is something. */
    void register(Selector selector, Object attachment) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, attachment);
    }

    /**
     * Reads what is there.
     *
     * @param messages gets the bytes of each message, from position to limit
     * @throws IOException when the connection has ended
     */
    void read(Consumer<ByteBuffer> messages) throws IOException {
        boolean open = fill();
        in.flip();
        while (isFrameComplete()) {
            take(messages);
        }
        in.compact();
        if (!open) {
            throw ended();
        }
    }

    /** False when the server has closed the connection. */
    private boolean fill() throws IOException {
        if (!in.hasRemaining()) {
            in = ByteBuffer.wrap(Arrays.copyOf(in.array(), in.capacity() * 2)).position(in.capacity());
        }
        return channel.read(in) >= 0;
    }

    private static EOFException ended() {
        return new EOFException("the server closed the connection");
    }

    private boolean isFrameComplete() {
        int head = in.remaining() < 2 ? Integer.MAX_VALUE : headLength();
        return in.remaining() >= head && in.remaining() - head >= payloadLength();
    }

    private int headLength() {
        int length = in.get(in.position() + 1) & 0x7F;
        return length <= LONGEST_SHORT ? 2 : length == LONGEST_SHORT + 1 ? 4 : 10;
    }

    private long payloadLength() {
        return switch (headLength()) {
            case 2 -> in.get(in.position() + 1) & 0x7F;
            case 4 -> in.getShort(in.position() + 2) & 0xFFFF;
            default -> in.getLong(in.position() + 2);
        };
    }

    private void take(Consumer<ByteBuffer> messages) throws IOException {
        int first = in.get(in.position()) & 0xFF;
        int length = (int) payloadLength();
        ByteBuffer payload = in.slice(in.position() + headLength(), length);
        in.position(in.position() + headLength() + length);
        switch (first) {
            case LAST | TEXT -> messages.accept(payload);
            case TEXT, CONTINUATION -> begun.writeBytes(bytes(payload));
            case LAST | CONTINUATION -> {
                begun.writeBytes(bytes(payload));
                messages.accept(ByteBuffer.wrap(begun.toByteArray()));
                begun.reset();
            }
            case LAST | PING -> write(frame(PONG, bytes(payload)));
            case LAST | CLOSE -> throw new EOFException("the server ended the stream");
            default -> throw new IOException("the stream sent a frame of kind " + first);
        }
    }

    private static byte[] bytes(ByteBuffer payload) {
        byte[] bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return bytes;
    }

    /** What a client sends is masked; the mask needs no secret here. */
    private static ByteBuffer frame(int opcode, byte[] payload) {
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 8);
        frame.put((byte) (LAST | opcode));
        if (payload.length <= LONGEST_SHORT) {
            frame.put((byte) (MASKED | payload.length));
        } else {
            frame.put((byte) (MASKED | LONGEST_SHORT + 1)).putShort((short) payload.length);
        }
        return frame.putInt(0).put(payload).flip();
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    void close() throws IOException {
        channel.close();
    }
}
