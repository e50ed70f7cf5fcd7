package com.brokerx.facades.reconciliation;

import java.util.UUID;

/**
 * Something on which the two sides do not agree.
 *
 * @param id of the order or trade; the same difference is known by it when it is seen again
 */
record Difference(UUID id, String text) {}
