package com.brokerx.local.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.json.Json;
import com.brokerx.local.stack.Programs;
import com.brokerx.testing.Eventually;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

/**
 * A real browser, Chromium without a window, for pages that people see. It is driven by the W3C's WebDriver protocol through Chromium's own
 * driver; both come from Debian's packages, and nothing is downloaded.
 */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final List<String> QUIET = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Process driver;
    private final String session;

    private Browser(Process driver, String driverUrl) {
        this.driver = driver;
        Map<String, Object> wanted = Map.of(
                "browserName", "chrome",
                "goog:chromeOptions", Map.of("args", QUIET),
                "goog:loggingPrefs", Map.of("browser", "ALL"));
        JsonNode answer = call("POST", driverUrl + "/session", Map.of("capabilities", Map.of("alwaysMatch", wanted)));
        this.session = driverUrl + "/session/" + answer.path("sessionId").asText();
    }

    /** Skips the test where there is no browser, but on a build server, which has to have one. */
    public static Browser open() throws IOException, InterruptedException {
        Programs.need("chromedriver", "chromium chromium-driver");
        Process driver = new ProcessBuilder("chromedriver", "--port=0")
                .redirectErrorStream(true)
                .start();
        return new Browser(driver, "http://localhost:" + portOf(driver));
    }

    private static String portOf(Process driver) throws IOException {
        BufferedReader said = driver.inputReader();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            MatchResult found = PORT.matcher(line).results().findFirst().orElse(null);
            if (found != null) {
                return found.group(1);
            }
        }
        throw new IOException("the browser's driver ended at once");
    }

    public void open(URI page) {
        call("POST", session + "/url", Map.of("url", page.toString()));
    }

    /** Clicks as a person does, as soon as there is such an element. */
    public void click(String css) {
        awaitElement(css);
        call("POST", session + "/element/" + find(css) + "/click", Map.of());
    }

    private String find(String css) {
        return call("POST", session + "/element", Map.of("using", "css selector", "value", css))
                .path(ELEMENT)
                .asText();
    }

    public void awaitElement(String css) {
        Eventually.await("an element " + css, PATIENCE, () -> count(css) > 0);
    }

    public void awaitText(String css, String text) {
        Eventually.await("'" + text + "' in " + css, PATIENCE, () -> text(css).contains(text));
    }

    public int count(String css) {
        return script("return document.querySelectorAll(arguments[0]).length", css)
                .asInt();
    }

    /** What a person reads there; nothing where there is no such element. */
    public String text(String css) {
        return script("return document.querySelector(arguments[0])?.innerText ?? ''", css)
                .asText();
    }

    private JsonNode script(String body, String argument) {
        return call("POST", session + "/execute/sync", Map.of("script", body, "args", List.of(argument)));
    }

    /** What the pages complained of since the last time: scripts that failed, files that were not there. */
    public List<String> errors() {
        JsonNode log = call("POST", session + "/se/log", Map.of("type", "browser"));
        return StreamSupport.stream(log.spliterator(), false)
                .filter(entry -> entry.path("level").asText().equals("SEVERE"))
                .map(entry -> entry.path("message").asText())
                .toList();
    }

    private static JsonNode call(String method, String url, Object body) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                    .timeout(PATIENCE)
                    .method(
                            method,
                            HttpRequest.BodyPublishers.ofByteArray(Json.mapper().writeValueAsBytes(body)))
                    .build();
            JsonNode answer = Json.mapper()
                    .readTree(HTTP.send(request, HttpResponse.BodyHandlers.ofString())
                            .body());
            assertThat(answer.at("/value/error").isMissingNode())
                    .as(answer.toString())
                    .isTrue();
            return answer.path("value");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        call("DELETE", session, Map.of());
        driver.destroy();
    }
}
