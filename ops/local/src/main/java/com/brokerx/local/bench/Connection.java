package com.brokerx.local.bench;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Optional;

/** A kept HTTP/1.1 connection that carries one request at a time. */
final class Connection {

    private final SocketChannel channel;
    private final SelectionKey key;
    private ByteBuffer in = ByteBuffer.allocate(16 << 10);
    private ByteBuffer out = ByteBuffer.allocate(0);
    private Request request;
    private long intended;

    private Connection(SocketChannel channel, SelectionKey key) {
        this.channel = channel;
        this.key = key;
    }

    static Connection open(URI target, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(new InetSocketAddress(target.getHost(), target.getPort()));
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
        Connection connection = new Connection(channel, key);
        key.attach(connection);
        return connection;
    }

    /** @param intendedNanos when the request was due: waiting for a free connection counts into its latency */
    void send(Request toSend, long intendedNanos) throws IOException {
        request = toSend;
        intended = intendedNanos;
        in.clear();
        out = ByteBuffer.wrap(toSend.bytes());
        write();
    }

    /** Goes on writing where the socket's buffer was full. */
    void write() throws IOException {
        channel.write(out);
        key.interestOps(out.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    }

    /** Reads what is there; the answer once it is complete. */
    Optional<Response> receive() throws IOException {
        if (!in.hasRemaining()) {
            in = ByteBuffer.wrap(Arrays.copyOf(in.array(), in.capacity() * 2)).position(in.capacity());
        }
        if (channel.read(in) < 0) {
            throw new EOFException("the server closed the connection");
        }
        return Response.read(in.array(), in.position());
    }

    Request request() {
        return request;
    }

    long intended() {
        return intended;
    }

    void close() throws IOException {
        key.cancel();
        channel.close();
    }
}
