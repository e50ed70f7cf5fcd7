package com.brokerx.orders.book;

/** What now rests at a price that was touched; a quantity of 0 means that the level is gone. */
public record LevelChange(Side side, long ticks, long quantity) {}
