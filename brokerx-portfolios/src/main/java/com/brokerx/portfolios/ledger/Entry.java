package com.brokerx.portfolios.ledger;

/**
 * A line as it will be stored.
 *
 * @param journal counts the journals of the posting, from 0
 * @param availableAfter null for the house
 */
record Entry(int journal, Line line, Long availableAfter, Long heldAfter) {}
