package com.brokerx.local.stack;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * What one supervisor starts and keeps.
 *
 * @param name of the supervisor's pid file
 * @param mail whether it catches mail
 * @param databases started first
 * @param services started when the databases are healthy
 * @param atOnce started right away, since they wait for nobody
 * @param welcome what a person reads when everything is healthy
 */
record Cast(String name, boolean mail, Databases databases, List<Part> services, List<Part> atOnce, Welcome welcome) {

    /** Known only once PostgreSQL's programs are unpacked. */
    @FunctionalInterface
    interface Databases {
        List<? extends Part> with(PostgresPrograms programs);
    }

    @FunctionalInterface
    interface Welcome {
        void print(Duration took) throws IOException;
    }
}
