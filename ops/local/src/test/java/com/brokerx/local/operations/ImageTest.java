package com.brokerx.local.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What can be said of the images' recipe without Docker. */
class ImageTest {

    private static final Path ROOT = Path.of("../..");

    /** {@code /opt/java} is where the JDK's own image has its Java. */
    @Test
    void theRuntimeIsMadeInAFolderThatIsNotThereYetAndCopiedFromIt() throws IOException {
        String dockerfile = Files.readString(ROOT.resolve("ops/Dockerfile"));

        List<String> made = found("RUN /image/make-jre\\.sh (\\S+)", dockerfile);
        assertThat(made).hasSize(1).allSatisfy(folder -> assertThat(folder).doesNotStartWith("/opt/java"));
        assertThat(found("--from=jre (\\S+)", dockerfile)).hasSize(2).containsOnly(made.getFirst());
    }

    /** So that a script that was renamed is found before an image is built. */
    @Test
    void everyScriptOfTheRecipeIsThereAndCanBeRun() throws IOException {
        String dockerfile = Files.readString(ROOT.resolve("ops/Dockerfile"));

        assertThat(found("(ops/image/[\\w-]+\\.sh)", dockerfile))
                .contains("ops/image/train.sh")
                .allMatch(script -> Files.isExecutable(ROOT.resolve(script)));
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .toList();
    }
}
