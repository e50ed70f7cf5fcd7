package com.brokerx.clients.session;

import java.time.Instant;

/**
 * What a sign-in or a refresh hands out.
 *
 * @param token the access token
 * @param expiresAt when the access token ends
 * @param refreshToken gets the next pair, once
 */
public record SignIn(String token, Instant expiresAt, String refreshToken) {}
