package com.brokerx.commons.auth;

import java.security.PublicKey;
import java.util.Optional;

/** Where the public keys of access tokens come from. */
@FunctionalInterface
public interface Keys {

    /**
     * The key with this id, empty when there is none.
     *
     * @throws com.brokerx.commons.problem.UnavailableException when no answer can be had at the moment
     */
    Optional<PublicKey> find(String keyId);
}
