package com.brokerx.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedArchiveTest {

    @TempDir
    Path folder;

    @Test
    void isTheSameForTheSameJars() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "one");

        assertThat(flags(jar, "-Xmx64m")).isEqualTo(flags(jar, "-Xmx64m"));
    }

    @Test
    void isAnotherWhenAJarOrAFlagHasChanged() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "one");
        List<String> before = flags(jar, "-Xmx64m");
        Files.writeString(jar, "longer");

        assertThat(flags(jar, "-Xmx64m")).isNotEqualTo(before).isNotEqualTo(flags(jar, "-Xmx65m"));
    }

    @Test
    void thatOfEarlierJarsIsDeletedAndThatOfAnotherPartIsKept() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "one");
        Path stale = Files.writeString(folder.resolve("orders@0.jsa"), "");
        Path other = Files.writeString(folder.resolve("orders-2@0.jsa"), "");
        flags(jar, "-Xmx64m");

        assertThat(stale).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void aRecordedJvmWritesNone() throws IOException {
        Path jar = Files.writeString(folder.resolve("a.jar"), "one");

        assertThat(flags(jar, "-XX:StartFlightRecording:name=bench")).isEmpty();
    }

    private List<String> flags(Path jar, String flag) throws IOException {
        return new SharedArchive(folder, "orders", jar.toString(), List.of(flag)).flags();
    }
}
