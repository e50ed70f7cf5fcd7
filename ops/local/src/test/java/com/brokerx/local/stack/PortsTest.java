package com.brokerx.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.condition.OS.LINUX;

import java.io.IOException;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;

class PortsTest {

    @Test
    void saysNothingOfAPortThatIsFree() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThat(Ports.taken(List.of(port))).isEmpty();
    }

    @Test
    @EnabledOnOs(LINUX)
    void namesTheProcessThatHasAPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            int port = socket.getLocalPort();

            assertThat(Ports.taken(List.of(port)))
                    .singleElement()
                    .asString()
                    .startsWith("Port " + port + " is taken by process "
                            + ProcessHandle.current().pid());
        }
    }
}
