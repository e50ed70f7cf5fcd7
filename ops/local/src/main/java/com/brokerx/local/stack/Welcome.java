package com.brokerx.local.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a person reads when everything runs. */
final class Welcome {

    private Welcome() {}

    static void print(
            Console console,
            Home home,
            List<JavaPart> services,
            Optional<String> key,
            boolean monitoring,
            Duration took) {
        console.say("");
        console.say("  gateway      http://localhost:%d", Stack.GATEWAY_PORT);
        key.ifPresent(
                value -> console.say("  API key      %s   in the header apikey, for portfolio and order paths", value));
        console.say("  API docs     http://localhost:%d/docs", Stack.GATEWAY_PORT);
        console.say("  mail         http://localhost:%d   every mail that BrokerX sends", Stack.MAIL_PAGE_PORT);
        if (monitoring) {
            console.say("  Prometheus   http://localhost:%d", PrometheusPart.PORT);
        }
        services.forEach(service -> console.say("  %-12s %s", service.name(), service.address()));
        console.say(
                "  databases    localhost:5433 clients, :5434 portfolios, :5435 orders; user postgres, no password");
        console.say("  logs         %s/logs", home.folder());
        console.say("");
        console.say("  Next: ./brokerx demo     a new client buys and sells shares, each step shown");
        console.say("        ./brokerx status   what runs; ./brokerx down ends it, and so does Ctrl-C here");
        console.say("");
        console.say("BrokerX is ready after %.1f s.", took.toMillis() / 1000.0);
    }
}
