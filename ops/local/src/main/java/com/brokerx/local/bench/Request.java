package com.brokerx.local.bench;

/** One request, ready to be written to a connection. */
record Request(Kind kind, Account account, byte[] bytes) {

    enum Kind {
        ORDER(201),
        CANCEL(200),
        REPLACE(200);

        private final int accepted;

        Kind(int accepted) {
            this.accepted = accepted;
        }

        /** The status of success: only a new order with 201 counts as an order. */
        boolean isAccepted(int status) {
            return status == accepted;
        }
    }
}
