package com.brokerx.orders.stream;

import com.brokerx.commons.auth.TokenVerifier;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What every connection stands on.
 *
 * @param verifier asked when a token comes, not before
 */
record StreamContext(
        StreamSettings settings,
        Supplier<TokenVerifier> verifier,
        Connections connections,
        Feeds feeds,
        DisconnectGuards guards,
        StreamMetrics metrics,
        InstantSource clock) {}
