package com.brokerx.orders.simulation;

import com.brokerx.orders.market.Instrument;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The agents' way to the market. */
interface Desk {

    /** What became of an intent. */
    sealed interface Result {

        /** @param filled shares traded at once */
        record Done(long filled) implements Result {}

        /** @param code of the problem that a client would have been told */
        record Refused(String code) implements Result {}
    }

    /** A client's orders in books, by symbol. */
    Map<String, List<OwnOrder>> openOrders(UUID clientId);

    /**
     * @throws com.brokerx.commons.problem.UnavailableException when a service or the database does not answer; what became of the intent
     *     is not known
     */
    Result carryOut(UUID clientId, Instrument instrument, Intent intent);

    /** Cancels all that a client has in books; false where some could not be cancelled yet. */
    boolean withdraw(UUID clientId);
}
