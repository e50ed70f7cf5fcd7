package com.brokerx.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Programs that some tests need and that have to be installed. */
public final class Programs {

    private Programs() {}

    /**
     * Skips the test where the program is missing, but on a build server, which has to have it.
     *
     * @param packages Debian's, in which it is
     */
    public static void need(String program, String packages) throws InterruptedException {
        boolean installed = Processes.succeeds(program, "--version");
        assertThat(installed || System.getenv("CI") == null)
                .as("CI installs %s", program)
                .isTrue();
        assumeTrue(installed, program + " is not installed: apt-get install " + packages);
    }
}
