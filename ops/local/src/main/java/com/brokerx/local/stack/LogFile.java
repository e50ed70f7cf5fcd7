package com.brokerx.local.stack;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** The log of a part. It grows over restarts; one that has become large is set aside when its part starts. */
final class LogFile {

    private static final long LARGE_BYTES = 20L << 20;

    private LogFile() {}

    static Redirect append(Path log) throws IOException {
        if (size(log) > LARGE_BYTES) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        return Redirect.appendTo(log.toFile());
    }

    static long size(Path log) throws IOException {
        return Files.exists(log) ? Files.size(log) : 0;
    }

    static List<String> tail(Path log, int lines) throws IOException {
        return tail(log, 0, lines);
    }

    /** The last lines after a position, for a person who has to see why something did not start. */
    static List<String> tail(Path log, long from, int lines) throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        byte[] bytes = Files.readAllBytes(log);
        int start = from <= bytes.length ? (int) from : 0;
        List<String> all = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8)
                .lines()
                .toList();
        return all.subList(Math.max(0, all.size() - lines), all.size());
    }
}
