package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFileException;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the hosts of {@code kong.yml}, which are the names of the compose file, are on this machine.
 *
 * @param ordersInstances how many instances of orders run here; further ones do not exist
 * @param portShift added to the ports of the services; 0 but for a stack beside the usual one
 */
record Hosts(int ordersInstances, int portShift) {

    private static final Pattern SINGLE = Pattern.compile("(?:clients:(3001)|portfolios:(3002)|monolith:(3000))");
    private static final Pattern ORDERS = Pattern.compile("orders-([1-9]):3003");
    private static final Pattern LOOPBACK = Pattern.compile("(?:localhost|127\\.0\\.0\\.1):\\d+");

    /** The address of {@code host:port}, empty for an instance that this machine does not run. */
    Optional<URI> find(String hostAndPort) {
        if (LOOPBACK.matcher(hostAndPort).matches()) {
            return Optional.of(URI.create("http://" + hostAndPort));
        }
        if (SINGLE.matcher(hostAndPort).matches()) {
            return Optional.of(local(Integer.parseInt(hostAndPort.substring(hostAndPort.indexOf(':') + 1))));
        }
        Matcher orders = ORDERS.matcher(hostAndPort);
        if (orders.matches()) {
            int instance = Integer.parseInt(orders.group(1));
            return instance <= ordersInstances ? Optional.of(local(3003 + 10 * (instance - 1))) : Optional.empty();
        }
        throw new KongFileException("The host " + hostAndPort + " is unknown on this machine; known are clients:3001, "
                + "portfolios:3002, orders-1:3003 to orders-9:3003, monolith:3000, and localhost with any port");
    }

    private URI local(int port) {
        return URI.create("http://localhost:" + (port + portShift));
    }
}
