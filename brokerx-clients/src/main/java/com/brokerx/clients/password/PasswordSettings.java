package com.brokerx.clients.password;

import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import java.util.Optional;

/**
 * How passwords are kept and judged.
 *
 * @param memory of one Argon2id computation; 19 MiB if left out, as OWASP advises
 * @param iterations 2 if left out
 * @param parallelism 1 if left out
 * @param concurrentHashes how many are computed at once, the others wait; as many as there are processors if left out
 * @param queueTimeout how long one waits for its turn before the answer is 503; 5 s if left out
 * @param refuseCommon whether passwords that everybody uses are refused; true if left out
 * @param guard how guessing is slowed down
 * @param resetLifetime how long the link of a forgotten password is good; 1 hour if left out
 * @param resetsPerHour mails for forgotten passwords an account gets in an hour; 3 if left out
 */
public record PasswordSettings(
        DataSize memory,
        @Min(1) Integer iterations,
        @Min(1) Integer parallelism,
        @Min(1) Integer concurrentHashes,
        Duration queueTimeout,
        Boolean refuseCommon,
        @Valid GuardSettings guard,
        Duration resetLifetime,
        @Min(1) Integer resetsPerHour) {

    public static final PasswordSettings DEFAULT =
            new PasswordSettings(null, null, null, null, null, null, null, null, null);
    private static final DataSize LEAST_MEMORY = DataSize.mebibytes(7);

    public PasswordSettings {
        memory = memory == null ? DataSize.mebibytes(19) : memory;
        iterations = iterations == null ? 2 : iterations;
        parallelism = parallelism == null ? 1 : parallelism;
        concurrentHashes = concurrentHashes == null ? Runtime.getRuntime().availableProcessors() : concurrentHashes;
        queueTimeout = queueTimeout == null ? Duration.seconds(5) : queueTimeout;
        refuseCommon = refuseCommon == null || refuseCommon;
        guard = guard == null ? GuardSettings.DEFAULT : guard;
        resetLifetime = resetLifetime == null ? Duration.hours(1) : resetLifetime;
        resetsPerHour = resetsPerHour == null ? 3 : resetsPerHour;
    }

    /** Why these settings would be too weak for real clients, if they are. */
    public Optional<String> weakness() {
        return memory.toKibibytes() < LEAST_MEMORY.toKibibytes()
                ? Optional.of("clients.passwords.memory has to be " + LEAST_MEMORY + " at least")
                : Optional.empty();
    }
}
