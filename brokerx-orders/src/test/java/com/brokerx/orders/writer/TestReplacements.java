package com.brokerx.orders.writer;

import com.brokerx.commons.id.Ids;
import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.Terms;

/** Replacements for tests. */
final class TestReplacements {

    private TestReplacements() {}

    /** Another price for a sale, which holds as much as before. */
    static OrderCommand.Replace price(Order sale, long limitTicks) {
        Terms before = sale.terms();
        Terms terms =
                new Terms(before.quantity(), limitTicks, before.stopTicks(), before.timeInForce(), before.expiresAt());
        HoldChange hold = new HoldChange(
                Ids.next(),
                sale.id(),
                sale.symbol(),
                HoldChange.Stage.RAISING,
                sale.state().reserveVersion() + 1,
                before.quantity(),
                false);
        return new OrderCommand.Replace(sale.id(), sale.symbol(), terms, hold, null);
    }
}
