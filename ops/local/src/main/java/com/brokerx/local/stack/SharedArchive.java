package com.brokerx.local.stack;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.CRC32;

/**
 * A JVM's archive of loaded classes, which spares its next start two fifths of the work. The JVM writes it when it first ends. It would
 * not replace one whose jars have changed, and quietly do without; so the archive's name tells for what it was made.
 */
final class SharedArchive {

    private static final String RECORDS = "-XX:StartFlightRecording";

    private final Path cache;
    private final String part;
    private final String name;
    private final boolean recorded;

    /** For the part's JVM on the class path with the flags. */
    SharedArchive(Path cache, String part, String classPath, List<String> flags) throws IOException {
        this.cache = cache;
        this.part = part;
        this.name = part + "@" + madeFor(classPath, flags) + ".jsa";
        this.recorded = flags.stream().anyMatch(flag -> flag.startsWith(RECORDS));
    }

    private static String madeFor(String classPath, List<String> flags) throws IOException {
        StringBuilder what = new StringBuilder(Runtime.version() + " " + flags);
        for (String entry : classPath.split(File.pathSeparator)) {
            Path jar = Path.of(entry);
            what.append('\n').append(entry);
            if (Files.exists(jar)) {
                what.append(' ').append(Files.size(jar)).append(' ').append(Files.getLastModifiedTime(jar));
            }
        }
        CRC32 sum = new CRC32();
        sum.update(what.toString().getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(sum.getValue());
    }

    /**
     * The flags that use the archive or make it; archives of the part that were made for something else are deleted. None for a JVM that
     * Flight Recorder watches: where an archive is to be written there is no recorder.
     */
    List<String> flags() throws IOException {
        if (recorded) {
            return List.of();
        }
        try (DirectoryStream<Path> archives = Files.newDirectoryStream(cache, part + "@*.jsa")) {
            for (Path archive : archives) {
                if (!archive.getFileName().toString().equals(name)) {
                    Files.deleteIfExists(archive);
                }
            }
        }
        return List.of("-XX:+AutoCreateSharedArchive", "-XX:SharedArchiveFile=" + cache.resolve(name));
    }
}
