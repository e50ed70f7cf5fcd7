package com.brokerx.portfolios.ledger;

/** One side of a journal. */
public sealed interface LedgerAccount permits HouseAccount, OpenAccount {

    long id();

    String asset();
}
