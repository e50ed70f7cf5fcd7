package com.brokerx.portfolios.reservation;

import com.brokerx.commons.database.Pipeline;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;

/** Reservations, always many at once. Whoever changes one holds the lock of its account. */
final class ReservationStore {

    private static final String FIND = """
            SELECT order_id, client_id, account_id, asset, version, authorized, settled, closed, released
            FROM reservations WHERE order_id = ANY(:orders)""";

    private static final String ADD = """
            INSERT INTO reservations (order_id, client_id, account_id, asset, version, authorized, settled, closed,
                                      released, ended_at)
            SELECT order_id, client_id, account_id, asset, version, authorized, settled, closed, released,
                   CASE WHEN ended THEN now() END
            FROM unnest(:orders::uuid[], :clients::uuid[], :accounts::bigint[], :assets::text[],
                        :versions::int[], :authorized::bigint[], :settled::bigint[], :closed::boolean[],
                        :released::bigint[], :ended::boolean[])
                 AS r (order_id, client_id, account_id, asset, version, authorized, settled, closed, released, ended)
            ORDER BY order_id""";

    private static final String CHANGE = """
            UPDATE reservations r
            SET version = n.version, authorized = n.authorized, settled = n.settled, closed = n.closed,
                released = n.released, ended_at = CASE WHEN n.ended THEN now() END
            FROM unnest(:orders::uuid[], :versions::int[], :authorized::bigint[], :settled::bigint[],
                        :closed::boolean[], :released::bigint[], :ended::boolean[])
                 AS n (order_id, version, authorized, settled, closed, released, ended)
            WHERE r.order_id = n.order_id""";

    private ReservationStore() {}

    /** One element a row. */
    record Columns(
            UUID[] orders,
            UUID[] clients,
            Long[] accounts,
            String[] assets,
            int[] versions,
            long[] authorized,
            long[] settled,
            boolean[] closed,
            Long[] released,
            boolean[] ended) {

        static Columns of(List<Reservation> rows) {
            int n = rows.size();
            Columns columns = new Columns(
                    new UUID[n],
                    new UUID[n],
                    new Long[n],
                    new String[n],
                    new int[n],
                    new long[n],
                    new long[n],
                    new boolean[n],
                    new Long[n],
                    new boolean[n]);
            for (int i = 0; i < n; i++) {
                columns.set(i, rows.get(i));
            }
            return columns;
        }

        private void set(int i, Reservation row) {
            orders[i] = row.orderId();
            clients[i] = row.clientId();
            accounts[i] = row.accountId();
            assets[i] = row.asset();
            versions[i] = row.version();
            authorized[i] = row.authorized();
            settled[i] = row.settled();
            closed[i] = row.closed();
            released[i] = row.released();
            ended[i] = row.isEnded();
        }
    }

    static Pipeline.Step<Reservation> find(Pipeline pipeline, UUID[] orderIds) {
        return pipeline.query(FIND, ReservationStore::reservation).bind("orders", orderIds);
    }

    private static Reservation reservation(ResultSet row) throws SQLException {
        return new Reservation(
                row.getObject("order_id", UUID.class),
                row.getObject("client_id", UUID.class),
                row.getObject("account_id", Long.class),
                row.getString("asset"),
                row.getInt("version"),
                row.getLong("authorized"),
                row.getLong("settled"),
                row.getBoolean("closed"),
                row.getObject("released", Long.class));
    }

    /** Fails when one of the orders is known by now; the transaction is then done again. */
    static void add(Pipeline pipeline, List<Reservation> reservations) {
        Columns columns = Columns.of(reservations);
        changed(pipeline.update(ADD), columns)
                .bind("clients", columns.clients())
                .bind("accounts", columns.accounts())
                .bind("assets", columns.assets());
    }

    static void change(Pipeline pipeline, List<Reservation> reservations) {
        changed(pipeline.update(CHANGE), Columns.of(reservations));
    }

    private static Pipeline.Step<Void> changed(Pipeline.Step<Void> step, Columns columns) {
        return step.bind("orders", columns.orders())
                .bind("versions", columns.versions())
                .bind("authorized", columns.authorized())
                .bind("settled", columns.settled())
                .bind("closed", columns.closed())
                .bind("released", columns.released())
                .bind("ended", columns.ended());
    }
}
