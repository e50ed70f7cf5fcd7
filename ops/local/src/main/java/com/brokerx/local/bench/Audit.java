package com.brokerx.local.bench;

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
    private final PrintStream out;
    private Books before;

    Audit(List<Account> accounts, Services services, Rounds rounds, PrintStream out) {
        this.accounts = accounts;
        this.services = services;
        this.rounds = rounds;
        this.out = out;
    }

    void begin() throws IOException, InterruptedException {
        before = Books.of(accounts, services);
    }

    /** Cancels what is open and compares; false when cash or shares differ, or something is held for no order. */
    boolean end() throws IOException, InterruptedException, SQLException {
        rounds.renewTokens();
        int cancelled = 0;
        int failed = 0;
        for (Account account : accounts) {
            JsonNode answer = services.cancelAll(account);
            cancelled += answer.path("cancelled").size();
            failed += answer.path("failed").size();
            account.forgetOrders();
        }
        rounds.awaitSettled();
        Books after = Books.of(accounts, services);
        out.printf("%nCancelled the %,d orders that were open%n", cancelled);
        boolean same = after.hasSameAssetsAs(before);
        boolean free = after.reserved().isEmpty() && failed == 0;
        out.println(
                same
                        ? "Cash and shares of all clients together: unchanged to the cent"
                        : "CASH OR SHARES WERE MADE OR LOST: before " + before.assets() + ", after " + after.assets());
        out.println(
                free
                        ? "Nothing is held any more"
                        : "HELD FOR NO ORDER: " + after.reserved() + ", not cancelled: " + failed);
        return same && free;
    }
}
