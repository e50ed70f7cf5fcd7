/** What the orders service shows of its books, so that they can be compared with those of portfolios. */
package com.brokerx.orders.reconciliation;
