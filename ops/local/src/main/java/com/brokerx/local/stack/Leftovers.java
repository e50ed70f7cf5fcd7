package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a supervisor that was killed left behind: its children live on. They are ended before anything is started. */
final class Leftovers {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String POSTGRES = "postgres-";

    private Leftovers() {}

    /** Ends what is left, and says which parts were still running. */
    static List<String> endIn(Home home, Console console) throws IOException {
        List<String> names = new ArrayList<>();
        boolean monolithLives = home.pid(Monolith.SUPERVISOR).process().isPresent();
        for (PidFile file : servicesFirst(home.pids())) {
            if (monolithLives && Monolith.PARTS.contains(file.name())) {
                continue; // no leftover: it runs beside us and has a supervisor of its own
            }
            Optional<ProcessHandle> process = file.process();
            if (process.isPresent()) {
                console.say(
                        "Ending %s of an earlier run (process %d)",
                        file.name(), process.get().pid());
                end(file.name(), process.get());
                names.add(file.name());
            }
            file.delete();
        }
        endForgottenDatabases(home, console);
        return names;
    }

    private static List<PidFile> servicesFirst(List<PidFile> files) {
        return files.stream()
                .sorted((a, b) ->
                        Boolean.compare(a.name().startsWith(POSTGRES), b.name().startsWith(POSTGRES)))
                .toList();
    }

    private static void end(String name, ProcessHandle process) {
        if (name.startsWith(POSTGRES)) {
            Processes.interrupt(process, PATIENCE);
        } else {
            Processes.end(process, PATIENCE);
        }
    }

    /** A postmaster whose pid file was lost is still known by PostgreSQL's own lock file. */
    private static void endForgottenDatabases(Home home, Console console) throws IOException {
        for (String database : Stack.databases()) {
            Path lock = home.data(POSTGRES + database).resolve("postmaster.pid");
            if (Files.exists(lock)) {
                long pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
                Optional<ProcessHandle> process = ProcessHandle.of(pid)
                        .filter(Processes::isAlive)
                        .filter(handle -> handle.info()
                                .commandLine()
                                .filter(line -> line.contains(home.folder().toString()))
                                .isPresent());
                process.ifPresent(handle -> {
                    console.say("Ending PostgreSQL of an earlier run (process %d)", pid);
                    Processes.interrupt(handle, PATIENCE);
                });
            }
        }
    }
}
