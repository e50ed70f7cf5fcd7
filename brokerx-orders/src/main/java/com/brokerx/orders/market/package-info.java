/** What can be traded, when, and what it is worth: instruments, market hours, quotes, books and bars. */
package com.brokerx.orders.market;
