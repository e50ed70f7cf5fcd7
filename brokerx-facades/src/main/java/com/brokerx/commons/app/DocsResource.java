package com.brokerx.commons.app;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;

/** The API's documents: each service's OpenAPI file, and Swagger UI to browse them. */
@Hidden
@Path("/docs")
public final class DocsResource {

    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/" + swaggerUiVersion() + "/";
    private static final Map<String, String> MEDIA_TYPES =
            Map.of("css", "text/css", "js", "text/javascript", "png", "image/png", "html", "text/html");

    @GET
    @Produces(MediaType.TEXT_HTML)
    public Response page() {
        return Response.ok(resource("docs/index.html")).build();
    }

    @GET
    @Path("/{service: clients|portfolios|orders}.yaml")
    @Produces("application/yaml")
    public Response openApi(@PathParam("service") String service) {
        return Response.ok(resource("openapi/" + service + ".yaml")).build();
    }

    @GET
    @Path("/ui/{file: [a-z0-9-]+\\.(css|js|png)}")
    public Response userInterface(@PathParam("file") String file) {
        String type = MEDIA_TYPES.get(file.substring(file.lastIndexOf('.') + 1));
        return Response.ok(resource(SWAGGER_UI + file), type)
                .header("Cache-Control", "public, max-age=86400")
                .build();
    }

    private static byte[] resource(String path) {
        try (InputStream in = DocsResource.class.getClassLoader().getResourceAsStream(path)) {
            if (in == null) {
                throw Problem.of(CommonCode.NOT_FOUND, "this service has no such document")
                        .asException();
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String swaggerUiVersion() {
        Properties properties = new Properties();
        try (InputStream in = DocsResource.class
                .getClassLoader()
                .getResourceAsStream("META-INF/maven/org.webjars/swagger-ui/pom.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty("version");
    }
}
