/**
 * A market to practise in where no exchange is connected: agents that trade through the ordinary order path as clients of their
 * own, so that quotes live and a newcomer's order fills; and a script that makes a given thing happen, for tests.
 *
 * <p>What an agent does follows from its state, what it sees and its dice alone; see {@link com.brokerx.orders.simulation.Agent}.
 */
package com.brokerx.orders.simulation;
