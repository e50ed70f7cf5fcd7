package com.brokerx.commons.app;

import io.dropwizard.util.DataSize;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Optional;
import java.util.Set;

/**
 * What every service is told about itself.
 *
 * @param name the service's name in logs, metrics and {@code /health}
 * @param instanceId tells instances of one service apart; sent back as {@code X-Instance-Id}
 * @param environment production refuses default secrets and exposed ones
 * @param exposeSecrets whether answers carry verification tokens and MFA codes; never in production
 * @param internalToken what callers of {@code /internal} must send as {@code X-Internal-Token}
 * @param maximumBodySize larger request bodies are refused with 413; 64 KiB if left out
 * @param maximumInternalBodySize the same for {@code /internal}, where batches travel; 8 MiB if left out
 */
public record ServiceSettings(
        @NotBlank String name,
        @NotBlank String instanceId,
        @NotNull RunEnvironment environment,
        boolean exposeSecrets,
        @NotBlank String internalToken,
        DataSize maximumBodySize,
        DataSize maximumInternalBodySize) {

    private static final Set<String> DEVELOPMENT_SECRETS = Set.of("dev-internal-token", "dev-webhook-secret");

    public enum RunEnvironment {
        DEVELOPMENT,
        TEST,
        PRODUCTION
    }

    public ServiceSettings {
        maximumBodySize = maximumBodySize == null ? DataSize.kibibytes(64) : maximumBodySize;
        maximumInternalBodySize = maximumInternalBodySize == null ? DataSize.mebibytes(8) : maximumInternalBodySize;
        if (environment == RunEnvironment.PRODUCTION && exposeSecrets) {
            throw new IllegalArgumentException("exposeSecrets must be false in production");
        }
    }

    public boolean isProduction() {
        return environment == RunEnvironment.PRODUCTION;
    }

    /**
     * Stops a production start whose secret is a development default, empty or too short.
     *
     * @throws IllegalStateException naming the setting
     */
    public void requireOwnSecret(String setting, String value) {
        if (!isProduction()) {
            return;
        }
        problemOf(value).ifPresent(problem -> {
            throw new IllegalStateException("production needs a secret of its own in " + setting + ": it " + problem);
        });
    }

    private static Optional<String> problemOf(String value) {
        if (value == null || value.isBlank()) {
            return Optional.of("is empty");
        }
        if (DEVELOPMENT_SECRETS.contains(value) || value.startsWith("dev-")) {
            return Optional.of("is the development default");
        }
        return value.length() < 24 ? Optional.of("has fewer than 24 characters") : Optional.empty();
    }
}
