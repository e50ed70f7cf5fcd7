package com.brokerx.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.json.Json;
import com.brokerx.commons.problem.Code;
import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.jackson.ModelResolver;
import io.swagger.v3.core.util.PrimitiveType;
import io.swagger.v3.core.util.Yaml;
import io.swagger.v3.jaxrs2.Reader;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The OpenAPI file of a service, made from its resource classes. The file is kept in the sources so that a change of the contract
 * shows in reviews; a test compares it with the code. Run that test with {@code -Dopenapi.update=true} to write it anew.
 */
public final class OpenApiDocument {

    private static final String PROBLEM = "Problem";

    private OpenApiDocument() {}

    /**
     * @param service as in {@code src/main/resources/openapi/SERVICE.yaml}
     * @param resources the public resource classes
     * @param codes of the service's own refusals; those that every service has are added
     */
    public static void assertUpToDate(
            String service, String title, String description, Set<Class<?>> resources, Code[] codes) {
        String generated = generate(title, description, resources, codes);
        Path file = Path.of("src/main/resources/openapi", service + ".yaml");
        try {
            if (Boolean.getBoolean("openapi.update")) {
                Files.createDirectories(file.getParent());
                Files.writeString(file, generated);
            }
            assertThat(file)
                    .as("run this test with -Dopenapi.update=true and look at what changed")
                    .hasContent(generated);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String generate(String title, String description, Set<Class<?>> resources, Code[] codes) {
        ModelConverters.getInstance().addConverter(new ModelResolver(Json.mapper()));
        PrimitiveType.customExcludedClasses().add(BigDecimal.class.getName());
        PrimitiveType.customClasses().put(BigDecimal.class.getName(), PrimitiveType.STRING);
        OpenAPI base = new OpenAPI()
                .info(new Info().title(title).description(description).version("1"))
                .components(new Components()
                        .addSecuritySchemes(
                                "bearer",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.HTTP)
                                        .scheme("bearer")
                                        .bearerFormat("JWT"))
                        .addSecuritySchemes(
                                "apikey",
                                new SecurityScheme()
                                        .type(SecurityScheme.Type.APIKEY)
                                        .in(SecurityScheme.In.HEADER)
                                        .name("apikey")));
        // Parameters gathered in a bean are found by its private fields.
        io.swagger.v3.core.util.Json.mapper().setVisibility(PropertyAccessor.FIELD, JsonAutoDetect.Visibility.ANY);
        OpenAPI document = new Reader(base).read(resources);
        Schema<?> problem = ModelConverters.getInstance().read(Problem.Body.class).values().stream()
                .findFirst()
                .orElseThrow();
        problem.getProperties().get("code").description(list(codes));
        document.getComponents().addSchemas(PROBLEM, problem);
        ModelConverters.getInstance().read(Problem.FieldError.class).forEach(document.getComponents()::addSchemas);
        document.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .forEach(OpenApiDocument::completeResponses);
        return Yaml.pretty(document);
    }

    private static String list(Code[] codes) {
        return Stream.concat(Stream.of(codes), Stream.of(CommonCode.values()))
                .sorted(Comparator.comparing(Code::status).thenComparing(Code::wireName))
                .map(code -> "- `%s` (%d): %s".formatted(code.wireName(), code.status(), code.title()))
                .collect(Collectors.joining("\n", "Stable. New ones may be added; today there are\n\n", "\n"));
    }

    /** What a method returns is its answer with 200, and everything else is a problem. */
    private static void completeResponses(Operation operation) {
        ApiResponse returned = operation.getResponses().remove("default");
        if (returned != null) {
            operation.getResponses().addApiResponse("200", returned.description("Success"));
        }
        operation.getResponses().forEach((status, response) -> {
            boolean isRefusal = status.startsWith("4") || status.startsWith("5");
            if (isRefusal && response.getContent() == null) {
                response.content(problem());
            }
        });
        operation
                .getResponses()
                .addApiResponse(
                        "default",
                        new ApiResponse()
                                .description("A problem; `code` says which")
                                .content(problem()));
    }

    private static Content problem() {
        return new Content()
                .addMediaType(
                        Problem.MEDIA_TYPE.toString(),
                        new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + PROBLEM)));
    }
}
