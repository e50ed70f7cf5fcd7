package com.brokerx.local.stack;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The parts of BrokerX on one machine, where they listen, and how each is told where the others are. */
final class Stack {

    static final int SMTP_PORT = 1025;
    static final int MAIL_PAGE_PORT = 8025;
    static final int GATEWAY_PORT = 8080;
    static final int GATEWAY_STATUS_PORT = 8001;
    static final int MONOLITH_PORT = 3000;
    static final int SHARED_DATABASE_PORT = 5432;
    static final int MOST_ORDERS_INSTANCES = 9;

    private static final Map<String, Integer> DATABASES = Map.of("clients", 5433, "portfolios", 5434, "orders", 5435);

    private final Home home;
    private final Path root;
    private final Variation variation;

    Stack(Home home, Path root) {
        this(home, root, Variation.NONE);
    }

    Stack(Home home, Path root, Variation variation) {
        this.home = home;
        this.root = root;
        this.variation = variation;
    }

    private int shifted(int port) {
        return port + variation.portShift();
    }

    int smtpPort() {
        return shifted(SMTP_PORT);
    }

    int mailPagePort() {
        return shifted(MAIL_PAGE_PORT);
    }

    PostgresPart postgres(PostgresPrograms programs, String database) {
        return new PostgresPart(home, programs, database, shifted(DATABASES.get(database)));
    }

    /** clients, portfolios and so many instances of orders. */
    List<JavaPart> services(int ordersInstances) {
        List<JavaPart> services = new ArrayList<>();
        services.add(service("clients", 1, 3001, "384m", Map.of()));
        services.add(service("portfolios", 1, 3002, "384m", Map.of()));
        Map<String, String> eachOther = needsRedis(ordersInstances)
                ? Map.of("REDIS_HOST", "localhost", "REDIS_PORT", Integer.toString(shifted(RedisPart.PORT)))
                : Map.of();
        for (int instance = 1; instance <= ordersInstances; instance++) {
            services.add(service("orders", instance, ordersPort(instance), "512m", eachOther));
        }
        return services;
    }

    /** Instances of orders tell each other through it; one alone has nobody to tell. */
    static boolean needsRedis(int ordersInstances) {
        return ordersInstances > 1;
    }

    RedisPart redis() {
        return new RedisPart(home, shifted(RedisPart.PORT));
    }

    static int ordersPort(int instance) {
        return 3003 + 10 * (instance - 1);
    }

    static int adminPort(int port) {
        return port + 100;
    }

    private JavaPart service(String service, int instance, int usualPort, String heap, Map<String, String> more) {
        int port = shifted(usualPort);
        Map<String, String> environment = environment(service, instance, port);
        environment.putAll(more);
        String title = service.substring(0, 1).toUpperCase(Locale.ROOT) + service.substring(1);
        return new JavaPart(
                home,
                root,
                instance == 1 ? service : service + "-" + instance,
                "http://localhost:" + port,
                "http://localhost:" + adminPort(port) + "/healthcheck",
                jvmFlags(heap),
                environment,
                "com.brokerx." + service + "." + title + "Application",
                List.of("server", "brokerx-" + service + "/config/development.yml"));
    }

    private List<String> jvmFlags(String heap) {
        List<String> flags = new ArrayList<>(List.of("-Xmx" + heap));
        flags.addAll(variation.jvmFlags());
        return flags;
    }

    private Map<String, String> environment(String service, int instance, int port) {
        Map<String, String> environment = new HashMap<>(addresses(service, instance, port));
        environment.putAll(variation.environment());
        return environment;
    }

    private Map<String, String> addresses(String service, int instance, int port) {
        return Map.ofEntries(
                Map.entry("PORT", Integer.toString(port)),
                Map.entry("ADMIN_PORT", Integer.toString(adminPort(port))),
                Map.entry("INSTANCE_ID", service + "-" + instance),
                Map.entry(
                        "DATABASE_URL",
                        "jdbc:postgresql://localhost:" + shifted(DATABASES.get(service)) + "/" + service),
                Map.entry("DATABASE_USER", "postgres"),
                Map.entry("DATABASE_PASSWORD", ""),
                Map.entry("CLIENTS_URL", "http://localhost:" + shifted(3001)),
                Map.entry("PORTFOLIOS_URL", "http://localhost:" + shifted(3002)),
                Map.entry("ORDERS_URL", "http://localhost:" + shifted(3003)),
                Map.entry("SMTP_HOST", "localhost"),
                Map.entry("SMTP_PORT", Integer.toString(smtpPort())));
    }

    JavaPart gateway(int ordersInstances) {
        return new JavaPart(
                home,
                root,
                "gateway",
                "http://localhost:" + shifted(GATEWAY_PORT),
                "http://localhost:" + shifted(GATEWAY_PORT) + "/health",
                jvmFlags("192m"),
                Map.of(),
                "com.brokerx.local.gateway.GatewayMain",
                List.of(
                        variation.kongFile().toString(),
                        Integer.toString(shifted(GATEWAY_PORT)),
                        Integer.toString(shifted(GATEWAY_STATUS_PORT)),
                        Integer.toString(ordersInstances),
                        Integer.toString(variation.portShift())));
    }

    /** The fallback, on the services' own databases or on one that they share. */
    JavaPart monolith(boolean shared) {
        int port = shifted(MONOLITH_PORT);
        Map<String, String> environment = new HashMap<>(variation.environment());
        environment.putAll(Map.of(
                "PORT", Integer.toString(port),
                "ADMIN_PORT", Integer.toString(adminPort(port)),
                "INSTANCE_ID", "monolith-1",
                "DATABASE_USER", "postgres",
                "DATABASE_PASSWORD", "",
                "SMTP_HOST", "localhost",
                "SMTP_PORT", Integer.toString(smtpPort())));
        DATABASES.forEach((context, database) -> environment.put(
                context.toUpperCase(Locale.ROOT) + "_DATABASE_URL",
                shared
                        ? sharedPostgres(null).address() + "?currentSchema=" + context
                        : "jdbc:postgresql://localhost:" + shifted(database) + "/" + context));
        return new JavaPart(
                home,
                root,
                "monolith",
                "http://localhost:" + port,
                "http://localhost:" + adminPort(port) + "/healthcheck",
                jvmFlags("640m"),
                environment,
                "com.brokerx.monolith.MonolithApplication",
                List.of("server", "ops/monolith/config/development.yml"));
    }

    /** The one database of the monolith that a migration starts from. */
    PostgresPart sharedPostgres(PostgresPrograms programs) {
        return new PostgresPart(home, programs, "brokerx", shifted(SHARED_DATABASE_PORT));
    }

    PrometheusPart prometheus(int ordersInstances) {
        Map<String, String> targets = new HashMap<>();
        targets.put("kong", "localhost:" + shifted(GATEWAY_STATUS_PORT));
        targets.put("clients-1", "localhost:" + adminPort(shifted(3001)));
        targets.put("portfolios-1", "localhost:" + adminPort(shifted(3002)));
        for (int instance = 1; instance <= ordersInstances; instance++) {
            targets.put("orders-" + instance, "localhost:" + adminPort(shifted(ordersPort(instance))));
        }
        return new PrometheusPart(home, root, shifted(PrometheusPart.PORT), targets);
    }

    URI gatewayAdmin() {
        return URI.create("http://localhost:" + shifted(GATEWAY_STATUS_PORT));
    }

    /** What may be started beside the stack. */
    static List<Integer> extraPorts() {
        return List.of(MONOLITH_PORT, adminPort(MONOLITH_PORT), PrometheusPart.PORT);
    }

    static List<Integer> monolithPorts(boolean shared) {
        List<Integer> ports = new ArrayList<>(List.of(MONOLITH_PORT, adminPort(MONOLITH_PORT)));
        if (shared) {
            ports.add(SHARED_DATABASE_PORT);
        }
        return ports;
    }

    static List<Integer> ports(int ordersInstances) {
        List<Integer> ports = new ArrayList<>(List.of(GATEWAY_PORT, GATEWAY_STATUS_PORT, SMTP_PORT, MAIL_PAGE_PORT));
        ports.addAll(DATABASES.values());
        ports.addAll(List.of(3001, adminPort(3001), 3002, adminPort(3002)));
        for (int instance = 1; instance <= ordersInstances; instance++) {
            ports.add(ordersPort(instance));
            ports.add(adminPort(ordersPort(instance)));
        }
        if (needsRedis(ordersInstances)) {
            ports.add(RedisPart.PORT);
        }
        return ports.stream().sorted().toList();
    }

    static List<String> databases() {
        return DATABASES.keySet().stream().sorted().toList();
    }
}
