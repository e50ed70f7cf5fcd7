package com.brokerx.clients;

/** An answer that only says what was done. */
public record Message(String message) {}
