package com.brokerx.orders.stream;

import io.dropwizard.util.Duration;
import io.lettuce.core.RedisURI;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/**
 * Where Redis is. Nothing depends on it: without it, or while it is down, updates of other instances come a moment later.
 *
 * @param host none if blank or left out
 * @param port 6379 if left out
 * @param password none if blank or left out
 * @param timeout how long one command may take; 250 ms if left out
 */
public record RedisSettings(
        String host, @Min(1) @Max(65_535) Integer port, String password, Duration timeout) {

    static final RedisSettings NONE = new RedisSettings(null, null, null, null);

    public RedisSettings {
        port = port == null ? 6379 : port;
        timeout = timeout == null ? Duration.milliseconds(250) : timeout;
    }

    boolean isOn() {
        return host != null && !host.isBlank();
    }

    RedisURI uri() {
        RedisURI.Builder uri = RedisURI.builder().withHost(host).withPort(port).withTimeout(timeout.toJavaDuration());
        if (password != null && !password.isBlank()) {
            uri.withPassword(password.toCharArray());
        }
        return uri.build();
    }

    /** Never the password. */
    @Override
    public String toString() {
        return isOn() ? host + ":" + port : "none";
    }
}
