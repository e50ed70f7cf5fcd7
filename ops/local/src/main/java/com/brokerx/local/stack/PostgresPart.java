package com.brokerx.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One service's PostgreSQL with its one database. Data is kept between runs, and what is acknowledged is on the disk:
 * {@code fsync} and {@code synchronous_commit} stay on.
 */
record PostgresPart(Home home, PostgresPrograms programs, String database, int port) implements Part {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("fsync", "on"),
            Map.entry("synchronous_commit", "on"),
            Map.entry("full_page_writes", "on"),
            Map.entry("listen_addresses", "localhost"),
            Map.entry("unix_socket_directories", ""),
            Map.entry("max_connections", "200"),
            Map.entry("shared_buffers", "128MB"),
            Map.entry("max_wal_size", "2GB"),
            // Files that are kept to be written again need not be made, 16 MB at once, while commits wait.
            Map.entry("min_wal_size", "1GB"),
            Map.entry("checkpoint_timeout", "15min"),
            Map.entry("timezone", "UTC"),
            Map.entry("log_timezone", "UTC"));

    @Override
    public String name() {
        return "postgres-" + database;
    }

    @Override
    public String address() {
        return url(database);
    }

    private String url(String name) {
        return "jdbc:postgresql://localhost:" + port + "/" + name;
    }

    @Override
    public Process start() throws IOException, InterruptedException {
        initialise();
        releaseLockOfTheDead();
        List<String> arguments = new ArrayList<>(List.of("-D", folder().toString(), "-p", Integer.toString(port)));
        SETTINGS.forEach((key, value) -> arguments.addAll(List.of("-c", key + "=" + value)));
        return logged(Processes.inOwnSession(programs.command("postgres", arguments)))
                .start();
    }

    private Path folder() {
        return home.data(name());
    }

    /** Makes the cluster aside and moves it into place, so that one cut short is never taken for a whole one. */
    private void initialise() throws IOException, InterruptedException {
        if (Files.exists(folder())) {
            return;
        }
        Path fresh = Files.createTempDirectory(home.data(""), "initdb-");
        List<String> command = programs.command(
                "initdb",
                List.of("-D", fresh.toString(), "-U", "postgres", "-A", "trust", "-E", "UTF-8", "--no-locale"));
        int status = logged(command).start().waitFor();
        if (status != 0) {
            throw new IOException("initdb ended with status " + status + ", see " + home.log(name()));
        }
        Files.move(fresh, folder(), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Where nobody reaps orphans, a postmaster that was killed without its supervisor keeps its pid for ever, and its
     * lock file with it. The file may go once no process works in the data folder any more.
     */
    private void releaseLockOfTheDead() throws IOException {
        Path lock = folder().resolve("postmaster.pid");
        Optional<ProcessHandle> holder = lockHolder(lock);
        boolean held = holder.isPresent() && Processes.isAlive(holder.get());
        if (Files.exists(lock) && !held && Processes.await(() -> !someoneWorksIn(folder()), PATIENCE)) {
            Files.deleteIfExists(lock);
        }
    }

    private static Optional<ProcessHandle> lockHolder(Path lock) throws IOException {
        if (!Files.exists(lock)) {
            return Optional.empty();
        }
        return ProcessHandle.of(
                Long.parseLong(Files.readAllLines(lock).getFirst().strip()));
    }

    /** PostgreSQL's processes have the data folder as working directory. */
    private static boolean someoneWorksIn(Path folder) {
        return ProcessHandle.allProcesses().anyMatch(process -> {
            try {
                return Files.isSameFile(Path.of("/proc/" + process.pid() + "/cwd"), folder);
            } catch (IOException e) {
                return false; // ended meanwhile, or no /proc here: then PostgreSQL's own check has to do
            }
        });
    }

    private ProcessBuilder logged(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(LogFile.append(home.log(name())))
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }

    /** Healthy means: accepts connections and has its database, which is created on the way. */
    @Override
    public boolean isHealthy() {
        try (Connection connection = DriverManager.getConnection(url("postgres"), "postgres", "");
                Statement statement = connection.createStatement()) {
            if (!hasDatabase(statement)) {
                statement.execute("CREATE DATABASE " + database);
            }
            return true;
        } catch (SQLException e) {
            return false; // still starting, or recovering after a crash
        }
    }

    private boolean hasDatabase(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("SELECT 1 FROM pg_database WHERE datname = '" + database + "'")) {
            return rows.next();
        }
    }

    @Override
    public void end(ProcessHandle process) {
        Processes.interrupt(process, PATIENCE);
    }
}
