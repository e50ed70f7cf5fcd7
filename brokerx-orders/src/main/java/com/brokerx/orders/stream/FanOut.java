package com.brokerx.orders.stream;

import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.trade.Execution;
import java.util.List;

/** Tells other instances what was committed here. Whatever gets lost they find by looking, a moment later. */
interface FanOut {

    FanOut NONE = new FanOut() {
        @Override
        public void tell(Instrument instrument, SymbolFeed.News news) {
            // There is nobody else.
        }

        @Override
        public void tell(List<Execution> executions) {
            // There is nobody else.
        }

        @Override
        public void refresh() {
            // There is nobody else.
        }
    };

    /** Tells of a book and its trades. Must not block. */
    void tell(Instrument instrument, SymbolFeed.News news);

    /** Tells whose order logs have grown. Must not block. */
    void tell(List<Execution> executions);

    /** Tells once more how the books stand that are owned here. Must not block. */
    void refresh();
}
