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
    private final Rounds rounds;
    private final Reconcile reconcile;
    private final PrintStream out;
    private Books before;

    Audit(List<Account> accounts, Services services, Rounds rounds, Reconcile reconcile, PrintStream out) {
        this.accounts = accounts;
        this.services = services;
        this.rounds = rounds;
        this.reconcile = reconcile;
        this.out = out;
    }

    void begin() throws IOException, InterruptedException {
        before = Books.of(services.totals());
    }

    /**
     * Reconciles with the orders that are open and, once these are cancelled, compares; false when a book is wrong, cash or shares
     * differ, or something is held for no order.
     */
    boolean end() throws IOException, InterruptedException, SQLException {
        out.println();
        boolean reconciled = reconcile.run() == 0;
        rounds.renewTokens();
        Cancelled orders = cancelAll();
        rounds.awaitSettled();
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
        return reconciled && same && free;
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
