package com.brokerx.portfolios.ledger;

/** An account of the house; its balance is the sum of its entries, and may be below zero. */
public record HouseAccount(long id, String asset) implements LedgerAccount {}
