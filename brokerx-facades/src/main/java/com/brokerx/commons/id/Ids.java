package com.brokerx.commons.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Instant;
import java.util.UUID;

/** The one factory of ids: UUID version 7 (RFC 9562), so that ids made later sort later. Safe for use by many threads. */
public final class Ids {

    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private static final long VERSION_7 = 0x7000L;
    private static final long VARIANT = 1L << 63;
    private static final long NUMBER_MASK = (1L << 62) - 1;

    private Ids() {}

    public static UUID next() {
        return GENERATOR.generate();
    }

    /**
     * The id of a numbered row: its time, and its number where other ids have chance. The same row always has the same id, and
     * rows sort as their numbers do.
     *
     * @param number of 62 bits at most, unique among all rows of the kind
     */
    public static UUID of(Instant time, long number) {
        if (number < 0 || number > NUMBER_MASK) {
            throw new IllegalArgumentException("a number of 62 bits is wanted: " + number);
        }
        return new UUID(time.toEpochMilli() << 16 | VERSION_7, VARIANT | number);
    }
}
