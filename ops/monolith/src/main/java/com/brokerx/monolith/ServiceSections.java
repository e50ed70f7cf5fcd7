package com.brokerx.monolith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.text.StringSubstitutor;

/**
 * Completes the monolith's configuration file with the section {@code clients}, {@code portfolios} or {@code orders} that the services'
 * own files of the same name have, so that no rule is written twice. A service's file is looked for in a folder of the service's name
 * beside this one, as images have it, and then in its module.
 *
 * <p>Two things differ in one process: {@code DATABASE_URL} is {@code CLIENTS_DATABASE_URL} and so on, and every service is found at
 * this process's own port.
 */
final class ServiceSections implements ConfigurationSourceProvider {

    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String HERE = "http://localhost:\\${PORT:-3000}";

    private final ConfigurationSourceProvider files;
    private final StringSubstitutor environment;
    private final List<String> services;

    /** @param environment puts values in place of {@code ${…}}, without which a file need not be YAML yet */
    ServiceSections(ConfigurationSourceProvider files, StringSubstitutor environment, List<String> services) {
        this.files = files;
        this.environment = environment;
        this.services = services;
    }

    @Override
    public InputStream open(String path) throws IOException {
        ObjectNode whole;
        try (InputStream own = files.open(path)) {
            whole = (ObjectNode) YAML.readTree(own);
        }
        for (String service : services) {
            String text = inOneProcess(service, Files.readString(fileOf(service, Path.of(path))));
            JsonNode theirs = YAML.readTree(environment.replace(text));
            whole.set(service, theirs.path(service));
        }
        return new ByteArrayInputStream(YAML.writeValueAsBytes(whole));
    }

    private static Path fileOf(String service, Path own) throws FileNotFoundException {
        Path folder = own.toAbsolutePath().normalize().getParent();
        Path beside = folder.resolve(service).resolve(own.getFileName());
        Path inItsModule =
                folder.resolve("../../../brokerx-" + service + "/config").resolve(own.getFileName());
        return Stream.of(beside, inItsModule)
                .filter(Files::exists)
                .findFirst()
                .orElseThrow(() -> new FileNotFoundException("the settings of " + service + " are neither in " + beside
                        + " nor in " + inItsModule.normalize()));
    }

    /** Before any value of the environment is put in. */
    private static String inOneProcess(String service, String text) {
        return text.replaceAll("\\$\\{(CLIENTS|PORTFOLIOS|ORDERS)_URL(:-[^}]*)?}", HERE)
                .replace("${DATABASE_URL", "${" + service.toUpperCase(Locale.ROOT) + "_DATABASE_URL");
    }
}
