package com.brokerx.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The documents that people read in the repository. */
class DocumentsTest {

    private static final Path ROOT = Path.of("../..");
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#\\s]+)");
    private static final Pattern RECORD = Pattern.compile("(\\d{4})-.*\\.md");

    @Test
    void noLinkLeadsNowhere() throws IOException {
        List<Path> documents = documents();

        assertThat(documents).hasSizeGreaterThan(20).allSatisfy(document -> LINK.matcher(Files.readString(document))
                .results()
                .map(link -> document.resolveSibling(link.group(1)))
                .forEach(target -> assertThat(target).exists()));
    }

    @Test
    void everyDecisionHasANumberOfItsOwnAndStandsInTheIndexAndInItsTitle() throws IOException {
        Path folder = ROOT.resolve("docs/decisions");
        String index = Files.readString(folder.resolve("README.md"));
        List<Path> records = files(folder)
                .filter(file -> RECORD.matcher(file.getFileName().toString()).matches())
                .toList();

        assertThat(records)
                .extracting(record -> record.getFileName().toString().substring(0, 4))
                .isNotEmpty()
                .doesNotHaveDuplicates();
        assertThat(records).allSatisfy(record -> {
            String title = Files.readAllLines(record).getFirst().replaceFirst("^# (\\d+\\.) (.*)$", "$1 [$2]");
            assertThat(index).contains(title + "(" + record.getFileName() + ")");
        });
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> top = Files.list(ROOT)) {
            return Stream.of(top, files(ROOT.resolve("docs")), files(ROOT.resolve("kong")))
                    .flatMap(stream -> stream)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    private static Stream<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList().stream();
        }
    }
}
