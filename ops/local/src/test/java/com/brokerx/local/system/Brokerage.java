package com.brokerx.local.system;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Jdbi;

/**
 * A whole brokerage for tests: PostgreSQL, a mail server, and the services as processes of their own, which a test may kill and
 * start again. Ports are free ones, so it can stand beside a running {@code ./brokerx up}.
 */
public final class Brokerage implements AutoCloseable {

    public static final String CLIENTS = "clients";
    public static final String PORTFOLIOS = "portfolios";
    public static final String ORDERS = "orders";

    private final EmbeddedPostgres postgres;
    private final GreenMail mail;
    private final Path logs;
    private final Map<String, ServiceProcess> services = new LinkedHashMap<>();

    private Brokerage(Map<String, String> extraEnvironment) throws IOException, SQLException {
        this.logs = Files.createDirectories(Path.of("target", "system-logs"));
        this.postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "300")
                .start();
        this.mail = new GreenMail(new ServerSetup(0, "localhost", ServerSetup.PROTOCOL_SMTP));
        mail.start();
        for (String name : List.of(CLIENTS, PORTFOLIOS, ORDERS)) {
            execute("CREATE DATABASE " + name);
        }
        define(extraEnvironment);
    }

    /** Everything started and healthy, with the simulated market off so that a test is alone with its orders. */
    public static Brokerage open() {
        return open(Map.of("SIMULATION", "false"));
    }

    /** @param environment further variables of all services */
    public static Brokerage open(Map<String, String> environment) {
        try {
            Brokerage brokerage = new Brokerage(environment);
            // A run that is broken off must not leave processes behind.
            Runtime.getRuntime().addShutdownHook(new Thread(brokerage::killAll));
            brokerage.services.values().forEach(ServiceProcess::start);
            brokerage.services.values().forEach(ServiceProcess::awaitHealthy);
            return brokerage;
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("the brokerage did not start", e);
        }
    }

    public ServiceProcess service(String name) {
        return services.get(name);
    }

    /** The service's database, for what only a look inside can prove. */
    public Jdbi database(String name) {
        return Jdbi.create(postgres.getJdbcUrl("postgres", name), "postgres", "");
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

    private void define(Map<String, String> extra) {
        int clients = freePort();
        int portfolios = freePort();
        int orders = freePort();
        Map<String, String> common = new LinkedHashMap<>(extra);
        common.put("CLIENTS_URL", "http://localhost:" + clients);
        common.put("PORTFOLIOS_URL", "http://localhost:" + portfolios);
        common.put("ORDERS_URL", "http://localhost:" + orders);
        common.put("SMTP_PORT", Integer.toString(mail.getSmtp().getPort()));
        services.put(CLIENTS, process(CLIENTS, CLIENTS, "com.brokerx.clients.ClientsApplication", clients, common));
        services.put(
                PORTFOLIOS,
                process(PORTFOLIOS, PORTFOLIOS, "com.brokerx.portfolios.PortfoliosApplication", portfolios, common));
        services.put(ORDERS, process(ORDERS, ORDERS, "com.brokerx.orders.OrdersApplication", orders, common));
    }

    private ServiceProcess ordersProcess(String name, Map<String, String> environment) {
        return process(name, ORDERS, "com.brokerx.orders.OrdersApplication", freePort(), environment);
    }

    private ServiceProcess process(
            String name, String service, String main, int port, Map<String, String> environment) {
        Map<String, String> own = new LinkedHashMap<>(environment);
        own.put("PORT", Integer.toString(port));
        own.put("ADMIN_PORT", Integer.toString(freePort()));
        own.put("INSTANCE_ID", name);
        own.put("ADVERTISED_URL", "http://localhost:" + port);
        own.put("DATABASE_URL", postgres.getJdbcUrl("postgres", service));
        return new ServiceProcess(
                name, main, Path.of("..", "..", "brokerx-" + service, "config", "development.yml"), own, logs);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = postgres.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void killAll() {
        services.values().forEach(ServiceProcess::kill);
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
