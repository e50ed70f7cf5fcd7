package com.brokerx.local.stack;

import com.brokerx.local.UserError;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which ports are free, and who sits on one that is not. */
final class Ports {

    private static final String LISTEN = "0A";

    private Ports() {}

    /** One sentence for each port of the list that somebody else listens on. */
    static List<String> taken(List<Integer> ports) {
        List<String> taken = new ArrayList<>();
        for (int port : ports) {
            if (!isFree(port)) {
                taken.add("Port " + port + " is taken by " + owner(port).orElse("another process") + ".");
            }
        }
        return taken;
    }

    /** @throws UserError naming each port that is taken, and who has it where that can be known */
    static void requireFree(List<Integer> ports) {
        List<String> taken = taken(ports);
        if (!taken.isEmpty()) {
            throw new UserError(String.join("\n", taken) + "\nEnd what holds it, then try again.");
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** "process 123 (its command line)", where /proc exists and lets us look. */
    private static Optional<String> owner(int port) {
        return socketInode(port).flatMap(Ports::pidOf).map(pid -> "process " + pid + " (" + commandLine(pid) + ")");
    }

    private static Optional<String> socketInode(int port) {
        String suffix = ":%04X".formatted(port);
        for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
            try {
                for (String line : Files.readAllLines(Path.of(table))) {
                    String[] column = line.strip().split("\\s+", 11);
                    if (column.length > 9 && column[1].endsWith(suffix) && column[3].equals(LISTEN)) {
                        return Optional.of("socket:[" + column[9] + "]");
                    }
                }
            } catch (IOException e) {
                return Optional.empty(); // no /proc here: the port is named without its owner
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> pidOf(String socket) {
        return ProcessHandle.allProcesses()
                .map(ProcessHandle::pid)
                .filter(pid -> holds(pid, socket))
                .findFirst();
    }

    private static boolean holds(long pid, String socket) {
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
            for (Path descriptor : descriptors) {
                if (Files.isSymbolicLink(descriptor)
                        && Files.readSymbolicLink(descriptor).toString().equals(socket)) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // another user's process, or one that has just ended
        }
    }

    private static String commandLine(long pid) {
        String line = ProcessHandle.of(pid)
                .flatMap(process -> process.info().commandLine())
                .orElse("unknown");
        return line.length() > 120 ? line.substring(0, 120) + "…" : line;
    }
}
