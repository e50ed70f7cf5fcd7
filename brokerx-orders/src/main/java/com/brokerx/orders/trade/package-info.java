/** What happened to orders: executions, which are the clients' event logs, and trades. */
package com.brokerx.orders.trade;
