package com.brokerx.local.gateway;

import com.brokerx.local.gateway.config.KongFileException;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** The gateway as a process: {@code kong.yml}, its port, the port of its admin interface, instances of orders, shift of ports. */
public final class GatewayMain {

    private GatewayMain() {}

    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[0]);
        int port = Integer.parseInt(arguments[1]);
        int adminPort = Integer.parseInt(arguments[2]);
        Hosts hosts = new Hosts(Integer.parseInt(arguments[3]), Integer.parseInt(arguments[4]));
        List<InetAddress> loopback = List.of(InetAddress.getAllByName("localhost"));
        try {
            Gateway gateway = new Gateway(
                    Files.readString(file), file.toString(), hosts, InstantSource.system(), loopback, port, adminPort);
            Runtime.getRuntime().addShutdownHook(new Thread(gateway::close, "stop"));
            System.out.println("The gateway listens on " + port + ", its admin interface on " + adminPort);
        } catch (KongFileException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }
}
