package com.brokerx.local.stack;

import com.brokerx.local.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The folder that keeps everything of one local BrokerX: databases in {@code data}, one log and one pid file for each
 * part in {@code logs} and {@code run}. Its absolute path stands in the command line of every process of ours, which is
 * how a process that outlived its supervisor is told from a stranger that was given the same pid.
 */
public record Home(Path folder) {

    static final String SUPERVISOR = "supervisor";

    /** Three times what a first start takes. Under load the log of each database may grow to its {@code max_wal_size} besides. */
    private static final long ROOM_MEGABYTES = 600;

    /** @throws UserError when the disk has no room for databases that would have to stop in the middle of something */
    void create() throws IOException {
        for (Path each : List.of(run(), folder.resolve("logs"), folder.resolve("data"), cache())) {
            Files.createDirectories(each);
        }
        long free = Files.getFileStore(folder).getUsableSpace() >> 20;
        if (free < ROOM_MEGABYTES) {
            throw new UserError("%s has %d MB left on its disk, and BrokerX needs at least %d. "
                            .formatted(folder, free, ROOM_MEGABYTES)
                    + "Make room, or name another folder with --data DIR.");
        }
    }

    Path run() {
        return folder.resolve("run");
    }

    /** What may be deleted at any time: unpacked PostgreSQL programs and class data archives. */
    Path cache() {
        return folder.resolve("cache");
    }

    Path data(String name) {
        return folder.resolve("data").resolve(name);
    }

    Path log(String name) {
        return folder.resolve("logs").resolve(name + ".log");
    }

    PidFile pid(String name) {
        return new PidFile(name, run().resolve(name + ".pid"), folder);
    }

    /** Pid files of all parts, the supervisor's own left out. */
    List<PidFile> pids() throws IOException {
        if (!Files.isDirectory(run())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(run())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".pid"))
                    .map(name -> name.substring(0, name.length() - ".pid".length()))
                    .filter(name -> !name.equals(SUPERVISOR))
                    .sorted()
                    .map(this::pid)
                    .toList();
        }
    }
}
