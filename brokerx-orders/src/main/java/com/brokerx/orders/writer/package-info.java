/**
 * The one writer of each book: leases say which instance it is, one thread there applies the commands that wait to the pure books
 * and commits a batch of them in one transaction, and commands that reach another instance are passed on.
 */
package com.brokerx.orders.writer;
