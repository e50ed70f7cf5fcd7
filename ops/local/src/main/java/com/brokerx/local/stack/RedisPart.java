package com.brokerx.local.stack;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis, from the jar that carries it for this platform. Needed where several instances of orders tell each other of their books; it
 * keeps nothing.
 */
record RedisPart(Home home, int port) implements Part {

    static final int PORT = 6379;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] PONG = "+PONG".getBytes(StandardCharsets.US_ASCII);

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public String address() {
        return "localhost:" + port;
    }

    @Override
    public Process start() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(home.cache().resolve(name()));
        Path program =
                ExecutableProvider.newJarResourceProvider(folder.toFile()).get().toPath();
        return new ProcessBuilder(Processes.inOwnSession(List.of(
                        program.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--save",
                        "",
                        "--dir",
                        folder.toString(),
                        "--maxmemory",
                        "64mb",
                        // Else its command line would no longer say whose it is.
                        "--set-proc-title",
                        "no")))
                .redirectErrorStream(true)
                .redirectOutput(LogFile.append(home.log(name())))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .start();
    }

    @Override
    public boolean isHealthy() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), (int) PATIENCE.toMillis());
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.getOutputStream().write(PING);
            return Arrays.equals(socket.getInputStream().readNBytes(PONG.length), PONG);
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void end(ProcessHandle process) {
        Processes.end(process, PATIENCE);
    }
}
