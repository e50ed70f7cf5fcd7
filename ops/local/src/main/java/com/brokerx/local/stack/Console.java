package com.brokerx.local.stack;

import com.google.errorprone.annotations.FormatMethod;
import java.io.PrintStream;

/** What the person at the terminal reads. */
record Console(PrintStream out) {

    @FormatMethod
    void say(String format, Object... arguments) {
        out.println(format.formatted(arguments));
        out.flush();
    }
}
