package com.brokerx.orders.writer;

import com.brokerx.orders.order.Order;
import com.brokerx.orders.order.Terms;
import java.util.UUID;

/** What can be asked of the writer. Every command may be sent twice: the second time finds the work done. */
public sealed interface OrderCommand {

    String symbol();

    /** A command about one order. */
    sealed interface OfOrder extends OrderCommand {
        UUID orderId();
    }

    /**
     * Bring an order whose funds are reserved to its book.
     *
     * @param fresh the order as it was just stored, where nobody else can have brought it to its book yet; null to have it looked up
     */
    record Place(UUID orderId, String symbol, Order fresh) implements OfOrder {
        public static Place fresh(Order order) {
            return new Place(order.id(), order.symbol(), order);
        }

        public static Place again(Order order) {
            return new Place(order.id(), order.symbol(), null);
        }
    }

    /**
     * Take an order out of its book.
     *
     * @param expectedLockVersion refuse where the order has changed since; null for any
     * @param text why, for the report; null where the client asked for it
     */
    record Cancel(UUID orderId, String symbol, Integer expectedLockVersion, String text) implements OfOrder {
        public Cancel(UUID orderId, String symbol, Integer expectedLockVersion) {
            this(orderId, symbol, expectedLockVersion, null);
        }
    }

    /**
     * Give an order new terms.
     *
     * @param hold the change of the order's hold that was begun for this replacement
     * @param expectedLockVersion refuse where the order has changed since; null for any
     */
    record Replace(UUID orderId, String symbol, Terms terms, HoldChange hold, Integer expectedLockVersion)
            implements OfOrder {

        /** The same, to be carried out only if nobody has changed the order since it was at this version. */
        Replace onlyAt(int lockVersion) {
            return new Replace(orderId, symbol, terms, hold, lockVersion);
        }
    }

    /**
     * Say anew what the hold of the order has to become: the replacement that it was to change for will not come, or the order has
     * traded since it was said.
     */
    record SettleHold(UUID orderId, String symbol, HoldChange hold) implements OfOrder {
        public static SettleHold of(HoldChange hold) {
            return new SettleHold(hold.orderId(), hold.symbol(), hold);
        }
    }

    /** End orders whose time is over, some hundreds at once. */
    record ExpireDue(String symbol) implements OrderCommand {}
}
