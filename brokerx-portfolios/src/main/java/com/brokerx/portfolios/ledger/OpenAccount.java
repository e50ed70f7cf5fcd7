package com.brokerx.portfolios.ledger;

import java.util.UUID;

/** A client's account while a transaction has it locked: its balances with everything that the transaction did so far. */
public final class OpenAccount implements LedgerAccount {

    private final Account before;
    private long available;
    private long held;
    private CostBasis position;

    OpenAccount(Account before) {
        this.before = before;
        this.available = before.available();
        this.held = before.held();
        this.position = before.position();
    }

    @Override
    public long id() {
        return before.id();
    }

    @Override
    public String asset() {
        return before.asset();
    }

    public UUID clientId() {
        return before.clientId();
    }

    /** As it was when it was locked. */
    public Account before() {
        return before;
    }

    public long available() {
        return available;
    }

    public long held() {
        return held;
    }

    public CostBasis position() {
        return position;
    }

    /** What can be reserved: nothing once the client has closed the account. */
    public long reservable() {
        return before.frozen() ? 0 : available;
    }

    public void setPosition(CostBasis position) {
        this.position = position;
    }

    boolean isChanged() {
        return available != before.available() || held != before.held() || !position.equals(before.position());
    }

    /** @throws LedgerException when less than nothing would be left; the database would refuse it as well */
    void move(long availableDelta, long heldDelta) {
        long newAvailable = Math.addExact(available, availableDelta);
        long newHeld = Math.addExact(held, heldDelta);
        Math.addExact(newAvailable, newHeld);
        if (newAvailable < 0 || newHeld < 0) {
            throw new LedgerException("account " + id() + " would fall below zero");
        }
        available = newAvailable;
        held = newHeld;
    }
}
