package com.brokerx.local.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;

/**
 * Reads {@code kong.yml} strictly. Kong itself is strict too, but for a repeated key, of which it silently takes the
 * last; here that is refused as well.
 */
public final class KongFileReader {

    private static final ObjectMapper YAML = JsonMapper.builder(
                    YAMLFactory.builder().loaderOptions(noDuplicates()).build())
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, KongFileReader::onlyText)
            .addModule(new SimpleModule().addDeserializer(KongFile.Plugin.class, new PluginReader()))
            .build();

    private KongFileReader() {}

    private static LoaderOptions noDuplicates() {
        LoaderOptions options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        return options;
    }

    /** A number is no string: Kong refuses {@code _format_version: 3.0} without quotes. */
    private static void onlyText(MutableCoercionConfig config) {
        config.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
                .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
    }

    /** Reads the file. @throws KongFileException naming file, place and what is allowed there */
    public static KongFile read(Path file) throws IOException {
        return read(Files.readString(file), file.toString());
    }

    /** Reads the text. @throws KongFileException naming {@code origin}, the place and what is allowed there */
    public static KongFile read(String text, String origin) {
        try {
            KongFile file = YAML.readValue(text, KongFile.class);
            check(file);
            return file;
        } catch (UnrecognizedPropertyException e) {
            String allowed = e.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .collect(Collectors.joining(", "));
            throw new KongFileException(origin + ": " + place(e) + ": unknown field; allowed: " + allowed);
        } catch (JsonMappingException e) {
            throw new KongFileException(origin + ": " + place(e) + ": " + reason(e));
        } catch (JsonProcessingException e) {
            throw new KongFileException(origin + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw new KongFileException(origin + ": " + e.getMessage());
        }
    }

    private static String place(JsonMappingException e) {
        StringBuilder place = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                place.append('[').append(step.getIndex()).append(']');
            } else {
                place.append(place.isEmpty() ? "" : ".").append(step.getFieldName());
            }
        }
        return place.toString();
    }

    private static String reason(JsonMappingException e) {
        Throwable cause = e.getCause();
        return cause instanceof IllegalArgumentException ? cause.getMessage() : e.getOriginalMessage();
    }

    private static void check(KongFile file) {
        require("3.0".equals(file.formatVersion()), "_format_version has to be \"3.0\", quoted");
        unique("service", file.services().stream().map(KongFile.Service::name));
        unique("upstream", file.upstreams().stream().map(KongFile.Upstream::name));
        unique("consumer", file.consumers().stream().map(KongFile.Consumer::username));
        unique("route", routes(file).map(KongFile.Route::name));
        uniqueKeys(file);
        file.services()
                .forEach(service -> require(service.host() != null, "service " + service.name() + " has no host"));
        routes(file).forEach(route -> {
            require(!route.paths().isEmpty(), "route " + route.name() + " has no paths");
            require(!route.stripPath(), "route " + route.name() + " lacks strip_path: false; Kong's default strips");
            require(
                    route.paths().stream().allMatch(path -> path.startsWith("/") || path.startsWith("~/")),
                    "a path of route " + route.name() + " starts neither with / nor with ~/");
        });
    }

    private static Stream<KongFile.Route> routes(KongFile file) {
        return Stream.concat(
                file.routes().stream(), file.services().stream().flatMap(service -> service.routes().stream()));
    }

    private static void unique(String kind, Stream<String> names) {
        Set<String> seen = new HashSet<>();
        names.forEach(name -> {
            require(Objects.nonNull(name), "a " + kind + " has no name");
            require(seen.add(name), "there are two of " + kind + " " + name);
        });
    }

    private static void uniqueKeys(KongFile file) {
        List<String> keys = file.consumers().stream()
                .flatMap(consumer -> consumer.keyauthCredentials().stream())
                .map(KongFile.Credential::key)
                .toList();
        require(keys.stream().allMatch(Objects::nonNull), "a consumer's credential has no key");
        require(keys.size() == Set.copyOf(keys).size(), "two credentials have the same key");
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new IllegalArgumentException(otherwise);
        }
    }
}
