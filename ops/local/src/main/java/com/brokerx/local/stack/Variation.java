package com.brokerx.local.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * In what a stack differs from the one of {@code ./brokerx up}.
 *
 * @param portShift added to every port, so that several stacks live side by side
 * @param jvmFlags heap, collector and the like of the services, added to the usual ones
 * @param environment what the services are told beyond addresses
 * @param kongFile the gateway's configuration
 */
record Variation(int portShift, List<String> jvmFlags, Map<String, String> environment, Path kongFile) {

    static final Variation NONE = new Variation(0, List.of("-XX:+UseSerialGC"), Map.of(), Path.of("kong", "kong.yml"));
}
