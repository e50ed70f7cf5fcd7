package com.brokerx.orders.order;

import com.brokerx.commons.database.Database;
import com.brokerx.commons.problem.UnavailableException;
import java.time.Duration;
import java.util.function.Supplier;

/** Says it plainly when work failed for want of the database: then it is no use to do a batch again one by one. */
public final class Unreachable {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private Unreachable() {}

    /**
     * Does the work.
     *
     * @throws UnavailableException when the database cannot be reached
     */
    public static <T> T asUnavailable(Supplier<T> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            if (Database.isUnreachable(failed)) {
                throw new UnavailableException("the database", RETRY_AFTER, failed);
            }
            throw failed;
        }
    }
}
