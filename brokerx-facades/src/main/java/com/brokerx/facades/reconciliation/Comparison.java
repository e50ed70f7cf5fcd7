package com.brokerx.facades.reconciliation;

import java.util.List;

/**
 * One thing that two services have to agree on. Both must be read in this order: what portfolios was told, then what the orders service
 * has by then, so that no news looks like an invention.
 */
interface Comparison {

    String name();

    /** Looks at everything. */
    List<Difference> look();

    /** Looks at what differed in the look before, and nothing else. */
    List<Difference> lookAgain();

    /** How many were compared. */
    long compared();
}
