package com.brokerx.local.system;

import com.brokerx.testing.FreePort;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;

/**
 * A whole brokerage for tests: PostgreSQL, a mail server, and the services as processes of their own or in one, which a test may kill
 * and start again. Ports are free ones, so it can stand beside a running {@code ./brokerx up}.
 */
public final class Brokerage implements AutoCloseable {

    public static final String CLIENTS = "clients";
    public static final String PORTFOLIOS = "portfolios";
    public static final String ORDERS = "orders";

    /** How the same brokerage may be deployed. */
    public enum Shape {
        /** A process and a database each. */
        SERVICES,
        /** One process, and one database with a schema for each service. */
        MONOLITH
    }

    private static final List<String> NAMES = List.of(CLIENTS, PORTFOLIOS, ORDERS);
    private static final String SHARED_DATABASE = "brokerx";

    private final Shape shape;
    private final EmbeddedPostgres postgres;
    private final GreenMail mail;
    private final Path logs;
    private final Map<String, ServiceProcess> services = new LinkedHashMap<>();

    private Brokerage(Shape shape, Map<String, String> extraEnvironment) throws IOException, SQLException {
        this.shape = shape;
        // Several JVMs run tests at once, and their services have the same names.
        this.logs = Files.createDirectories(Path.of(
                "target", "system-logs", Long.toString(ProcessHandle.current().pid())));
        this.postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "300")
                .start();
        this.mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        Map<String, String> environment = new LinkedHashMap<>(extraEnvironment);
        environment.put("SMTP_PORT", Integer.toString(mail.getSmtp().getPort()));
        switch (shape) {
            case SERVICES -> defineServices(environment);
            case MONOLITH -> defineMonolith(environment);
        }
    }

    /** The services, started and healthy, with the simulated market off so that a test is alone with its orders. */
    public static Brokerage open() {
        return open(Shape.SERVICES);
    }

    /** As {@link #open()}, in that shape. */
    public static Brokerage open(Shape shape) {
        return open(shape, Map.of("SIMULATION", "false"));
    }

    /** @param environment further variables of all services */
    public static Brokerage open(Map<String, String> environment) {
        return open(Shape.SERVICES, environment);
    }

    private static Brokerage open(Shape shape, Map<String, String> environment) {
        try {
            Brokerage brokerage = new Brokerage(shape, environment);
            // A run that is broken off must not leave processes behind.
            Runtime.getRuntime().addShutdownHook(new Thread(brokerage::killAll));
            brokerage.processes().forEach(ServiceProcess::start);
            brokerage.processes().forEach(ServiceProcess::awaitHealthy);
            return brokerage;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the brokerage did not start", e);
        }
    }

    /** Those of several services may be one and the same. */
    private Set<ServiceProcess> processes() {
        return new LinkedHashSet<>(services.values());
    }

    /** The process that does a service's work. */
    public ServiceProcess service(String name) {
        return services.get(name);
    }

    /** The service's database, for what only a look inside can prove. */
    public Jdbi database(String name) {
        return Jdbi.create(databaseUrl(name), "postgres", "");
    }

    private String databaseUrl(String service) {
        return switch (shape) {
            case SERVICES -> postgres.getJdbcUrl("postgres", service);
            case MONOLITH -> postgres.getJdbcUrl("postgres", SHARED_DATABASE) + "&currentSchema=" + service;
        };
    }

    public GreenMail mail() {
        return mail;
    }

    public Trader newTrader(String name) {
        return Trader.signUp(this, name);
    }

    /** Another orders instance beside the first, on the same database. */
    public ServiceProcess addOrdersInstance() {
        String name = "orders-" + (services.size() - 1);
        ServiceProcess process = ordersProcess(name, services.get(ORDERS).environment());
        services.put(name, process);
        process.start();
        process.awaitHealthy();
        return process;
    }

    private void defineServices(Map<String, String> environment) throws SQLException {
        int clients = FreePort.find();
        int portfolios = FreePort.find();
        int orders = FreePort.find();
        for (String name : NAMES) {
            execute("CREATE DATABASE " + name);
        }
        environment.put("CLIENTS_URL", "http://localhost:" + clients);
        environment.put("PORTFOLIOS_URL", "http://localhost:" + portfolios);
        environment.put("ORDERS_URL", "http://localhost:" + orders);
        services.put(
                CLIENTS, process(CLIENTS, CLIENTS, "com.brokerx.clients.ClientsApplication", clients, environment));
        services.put(
                PORTFOLIOS,
                process(
                        PORTFOLIOS,
                        PORTFOLIOS,
                        "com.brokerx.portfolios.PortfoliosApplication",
                        portfolios,
                        environment));
        services.put(ORDERS, process(ORDERS, ORDERS, "com.brokerx.orders.OrdersApplication", orders, environment));
    }

    private void defineMonolith(Map<String, String> environment) throws SQLException {
        execute("CREATE DATABASE " + SHARED_DATABASE);
        listenOn(FreePort.find(), "monolith", environment);
        NAMES.forEach(name -> environment.put(name.toUpperCase(Locale.ROOT) + "_DATABASE_URL", databaseUrl(name)));
        ServiceProcess monolith = new ServiceProcess(
                "monolith",
                "com.brokerx.monolith.MonolithApplication",
                Path.of("..", "monolith", "config", "development.yml"),
                environment,
                logs);
        NAMES.forEach(name -> services.put(name, monolith));
    }

    private ServiceProcess ordersProcess(String name, Map<String, String> environment) {
        return process(name, ORDERS, "com.brokerx.orders.OrdersApplication", FreePort.find(), environment);
    }

    private ServiceProcess process(
            String name, String service, String main, int port, Map<String, String> environment) {
        Map<String, String> own = new LinkedHashMap<>(environment);
        listenOn(port, name, own);
        own.put("DATABASE_URL", databaseUrl(service));
        return new ServiceProcess(
                name, main, Path.of("..", "..", "brokerx-" + service, "config", "development.yml"), own, logs);
    }

    private static void listenOn(int port, String instance, Map<String, String> environment) {
        environment.put("PORT", Integer.toString(port));
        environment.put("ADMIN_PORT", Integer.toString(FreePort.find()));
        environment.put("INSTANCE_ID", instance);
        environment.put("ADVERTISED_URL", "http://localhost:" + port);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void killAll() {
        processes().forEach(ServiceProcess::kill);
    }

    @Override
    public void close() {
        killAll();
        mail.stop();
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
