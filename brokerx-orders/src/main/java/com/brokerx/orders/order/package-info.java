/** An order's life: taken, paid for, handed to its book, changed, ended, and shown. */
package com.brokerx.orders.order;
