package com.brokerx.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The reader of the stream against a server whose every byte the test decides. */
@Timeout(20)
class StreamConnectionTest {

    private static final String AGREES = "HTTP/1.1 101 Switching Protocols\r\n\r\n";

    private final List<String> messages = new ArrayList<>();
    private ServerSocket listening;
    private Selector selector;

    @BeforeEach
    void listen() throws IOException {
        listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        selector = Selector.open();
    }

    @AfterEach
    void close() throws IOException {
        selector.close();
        listening.close();
    }

    @Test
    void readsShortMiddlingAndLongMessages() {
        List<String> sent = List.of("short", "m".repeat(300), "l".repeat(70_000));

        readToTheEnd(join(text(sent.get(0)), text(sent.get(1)), text(sent.get(2))));

        assertThat(messages).isEqualTo(sent);
    }

    @Test
    void putsAMessageInSeveralFramesTogether() {
        readToTheEnd(join(frame(0x1, "be"), frame(0x0, "gun"), frame(0x80, " and ended"), text("next")));

        assertThat(messages).containsExactly("begun and ended", "next");
    }

    @Test
    void readsWhatCameBeforeTheServerEndedTheStream() {
        serve(AGREES, join(text("last"), frame(0x88, "")));

        assertThatThrownBy(this::read).isInstanceOf(EOFException.class).hasMessageContaining("ended the stream");
        assertThat(messages).containsExactly("last");
    }

    @Test
    void answersAPingWithWhatItHeld() throws IOException {
        Socket server = readToTheEnd(frame(0x89, "are you there"));

        byte[] pong = server.getInputStream().readNBytes(2 + 4 + "are you there".length());
        assertThat(pong[0] & 0xFF).isEqualTo(0x8A);
        assertThat(new String(pong, 6, pong.length - 6, StandardCharsets.UTF_8)).isEqualTo("are you there");
    }

    @Test
    void refusesAFrameOfNoKnownKind() {
        serve(AGREES, frame(0x83, "?"));

        assertThatThrownBy(this::read).hasMessageContaining("131");
    }

    @Test
    void saysWhatTheServerAnsweredInsteadOfAgreeing() {
        serve("HTTP/1.1 401 Unauthorized\r\n\r\n", new byte[0]);

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("401 Unauthorized");
    }

    /** Gives the server's end of the connection, which can still be read. */
    private Socket readToTheEnd(byte[] frames) {
        CompletableFuture<Socket> server = serve(AGREES, frames);
        assertThatThrownBy(this::read).hasMessageContaining("closed the connection");
        return server.join();
    }

    /** Reads until the connection ends, one way or another. */
    private void read() throws IOException {
        StreamConnection connection = open();
        connection.register(selector, this);
        while (true) {
            selector.select();
            selector.selectedKeys().clear();
            connection.read(message ->
                    messages.add(StandardCharsets.UTF_8.decode(message).toString()));
        }
    }

    private StreamConnection open() throws IOException {
        return StreamConnection.open(URI.create("http://127.0.0.1:" + listening.getLocalPort()), "/stream", "token");
    }

    private CompletableFuture<Socket> serve(String answer, byte[] frames) {
        return CompletableFuture.supplyAsync(() -> {
            try {
                Socket socket = listening.accept();
                readHead(socket);
                socket.getOutputStream().write(join(answer.getBytes(StandardCharsets.US_ASCII), frames));
                socket.shutdownOutput();
                return socket;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void readHead(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        while (!head.toString().endsWith("\r\n\r\n")) {
            head.append((char) socket.getInputStream().read());
        }
        assertThat(head.toString()).startsWith("GET /stream HTTP/1.1").contains("Authorization: Bearer token");
    }

    private static byte[] text(String message) {
        return frame(0x81, message);
    }

    private static byte[] frame(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer frame = ByteBuffer.allocate(payload.length + 10).put((byte) first);
        if (payload.length < 126) {
            frame.put((byte) payload.length);
        } else if (payload.length < 1 << 16) {
            frame.put((byte) 126).putShort((short) payload.length);
        } else {
            frame.put((byte) 127).putLong(payload.length);
        }
        frame.put(payload).flip();
        byte[] bytes = new byte[frame.remaining()];
        frame.get(bytes);
        return bytes;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
