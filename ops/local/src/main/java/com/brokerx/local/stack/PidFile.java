package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code run/NAME.pid}: the pid of the part's own process and nothing else, so that scripts can read it. */
record PidFile(String name, Path file, Path home) {

    void write(long pid) throws IOException {
        Path fresh = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(fresh, pid + "\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    void delete() throws IOException {
        Files.deleteIfExists(file);
    }

    /** Whether a start was under way here that has not ended in good order. */
    boolean exists() {
        return Files.exists(file);
    }

    /** The process, where it lives and is ours: a pid may have been given to a stranger since. */
    Optional<ProcessHandle> process() throws IOException {
        return read().flatMap(ProcessHandle::of).filter(this::isOurs).filter(Processes::isAlive);
    }

    private Optional<Long> read() throws IOException {
        try {
            return Optional.of(Long.valueOf(Files.readString(file).strip()));
        } catch (NoSuchFileException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    private boolean isOurs(ProcessHandle process) {
        return process.info()
                .commandLine()
                .filter(line -> line.contains(home.toString()))
                .isPresent();
    }
}
