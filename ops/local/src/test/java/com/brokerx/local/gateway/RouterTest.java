package com.brokerx.local.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.gateway.config.KongFile.Route;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The order in which a real Kong 3.9 prefers routes. */
class RouterTest {

    private final Router<String> router = new Router<>();

    @Test
    void aRouteWithMethodsBeatsALongerPathWithout() {
        add("short", "/api", 0, "GET");
        add("long", "/api/v1/orders", 0);

        assertThat(router.find("GET", "/api/v1/orders")).contains("short");
        assertThat(router.find("POST", "/api/v1/orders")).contains("long");
    }

    @Test
    void amongPrefixesTheLongerWins() {
        add("short", "/api", 0);
        add("long", "/api/v1", 0);

        assertThat(router.find("GET", "/api/v1/x")).contains("long");
        assertThat(router.find("GET", "/api/v2/x")).contains("short");
    }

    @Test
    void aRegexBeatsAPrefixAndTheHigherPriorityBeatsARegex() {
        add("prefix", "/docs/orders.yaml", 0);
        add("regex", "~/docs(?:/|$)", 0);
        add("preferred", "~/docs/orders\\.yaml$", 10);

        assertThat(router.find("GET", "/docs/orders.yaml")).contains("preferred");
        assertThat(router.find("GET", "/docs")).contains("regex");
    }

    @Test
    void aRegexIsAnchoredAtItsStartAndAPrefixKnowsNoSegments() {
        add("regex", "~/orders(?:/|$)", 0);
        add("prefix", "/trades", 0);

        assertThat(router.find("GET", "/api/orders")).isEmpty();
        assertThat(router.find("GET", "/ordersfoo")).isEmpty();
        assertThat(router.find("GET", "/tradesfoo")).contains("prefix");
    }

    @Test
    void aMethodThatNoRouteHasFindsNone() {
        add("only", "/a", 0, "GET");

        assertThat(router.find("POST", "/a")).isEmpty();
    }

    private void add(String name, String path, int priority, String... methods) {
        router.add(new Route(name, List.of(path), Set.of(methods), false, false, priority, List.of()), name);
    }
}
