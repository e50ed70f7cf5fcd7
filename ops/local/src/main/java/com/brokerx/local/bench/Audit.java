package com.brokerx.local.bench;

import com.brokerx.local.reconcile.Reconcile;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;

/** Whether the load made or lost anything: a fast figure is worth nothing if it did. */
final class Audit {

    private final List<Account> accounts;
    private final Services services;
    private final Databases databases;
    private final Rounds rounds;
    private final Reconcile reconcile;
    private final PrintStream out;
    private Books before;

    Audit(
            List<Account> accounts,
            Services services,
            Databases databases,
            Rounds rounds,
            Reconcile reconcile,
            PrintStream out) {
        this.accounts = accounts;
        this.services = services;
        this.databases = databases;
        this.rounds = rounds;
        this.reconcile = reconcile;
        this.out = out;
    }

    void begin() throws IOException, InterruptedException {
        before = Books.of(services.totals());
    }

    /**
     * Reconciles with the orders that are open and, once these are cancelled, compares; false when a book is wrong, cash or shares
     * differ, something is held for no order, or transactions waited for each other.
     */
    boolean end() throws IOException, InterruptedException, SQLException {
        out.println();
        boolean reconciled = reconcile.run() == 0;
        Cancelled orders = cancelAndSettle();
        Books after = Books.of(services.totals());
        out.printf("%nCancelled the %,d orders that were open%n", orders.cancelled());
        boolean same = after.assets().equals(before.assets());
        boolean free = after.reserved().isEmpty() && orders.failed() == 0;
        out.println(
                same
                        ? "Cash and shares of all clients together: unchanged to the cent"
                        : "CASH OR SHARES WERE MADE OR LOST: before " + before.assets() + ", after " + after.assets());
        out.println(
                free
                        ? "Nothing is held any more"
                        : "HELD FOR NO ORDER: " + after.reserved() + ", not cancelled: " + orders.failed());
        long deadlocks = databases.deadlocks();
        out.printf("%s: %d%n", deadlocks == 0 ? "Deadlocks" : "DEADLOCKS, see the databases' logs", deadlocks);
        return reconciled && same && free && deadlocks == 0;
    }

    /** Open orders, and what is left of ended ones, cost memory and time; what is compared begins without either. */
    void emptyBooks() throws IOException, InterruptedException, SQLException {
        cancelAndSettle();
        databases.tidyUp();
    }

    private Cancelled cancelAndSettle() throws IOException, InterruptedException, SQLException {
        rounds.renewTokens();
        Cancelled orders = cancelAll();
        rounds.awaitSettled();
        return orders;
    }

    /**
     * What became of the orders that were open.
     *
     * @param failed could not be cancelled
     */
    record Cancelled(int cancelled, int failed) {}

    Cancelled cancelAll() throws IOException, InterruptedException {
        int cancelled = 0;
        int failed = 0;
        for (Account account : accounts) {
            JsonNode answer = services.cancelAll(account);
            cancelled += answer.path("cancelled").size();
            failed += answer.path("failed").size();
            account.forgetOrders();
        }
        return new Cancelled(cancelled, failed);
    }
}
