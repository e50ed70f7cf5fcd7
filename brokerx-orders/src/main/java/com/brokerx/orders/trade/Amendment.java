package com.brokerx.orders.trade;

import com.brokerx.orders.order.Terms;

/**
 * A replacement of an order that was carried out.
 *
 * @param report what was told of it; its order has the new terms
 * @param before the terms until then
 */
record Amendment(Execution report, Terms before) {}
