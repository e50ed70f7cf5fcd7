/**
 * The comparison of two services' books: what portfolios holds and has settled against what the orders service has open and has traded.
 * Made for a system at work: what differs may only be under way, and is looked at again before it counts.
 */
package com.brokerx.facades.reconciliation;
