package com.brokerx.portfolios.reservation;

import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** Reservations, always many at once. Whoever changes one holds the lock of its account. */
@RegisterConstructorMapper(Reservation.class)
interface ReservationStore {

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

    @SqlQuery("""
            SELECT order_id, client_id, account_id, asset, version, authorized, settled, closed, released
            FROM reservations WHERE order_id = ANY(:orders)""")
    List<Reservation> find(@Bind("orders") UUID[] orderIds);

    /** A portfolio and its currency, which never changes. */
    record PortfolioCurrency(UUID id, String currency) {}

    @SqlQuery("SELECT id, currency FROM portfolios WHERE id = ANY(:portfolios)")
    @RegisterConstructorMapper(PortfolioCurrency.class)
    List<PortfolioCurrency> currencies(@Bind("portfolios") UUID[] portfolios);

    /** Fails when one of the orders is known by now; the transaction is then done again. */
    @SqlUpdate("""
            INSERT INTO reservations (order_id, client_id, account_id, asset, version, authorized, settled, closed,
                                      released, ended_at)
            SELECT order_id, client_id, account_id, asset, version, authorized, settled, closed, released,
                   CASE WHEN ended THEN now() END
            FROM unnest(:r.orders::uuid[], :r.clients::uuid[], :r.accounts::bigint[], :r.assets::text[],
                        :r.versions::int[], :r.authorized::bigint[], :r.settled::bigint[], :r.closed::boolean[],
                        :r.released::bigint[], :r.ended::boolean[])
                 AS r (order_id, client_id, account_id, asset, version, authorized, settled, closed, released, ended)
            ORDER BY order_id""")
    void add(@BindMethods("r") Columns reservations);

    @SqlUpdate("""
            UPDATE reservations r
            SET version = n.version, authorized = n.authorized, settled = n.settled, closed = n.closed,
                released = n.released, ended_at = CASE WHEN n.ended THEN now() END
            FROM unnest(:r.orders::uuid[], :r.versions::int[], :r.authorized::bigint[], :r.settled::bigint[],
                        :r.closed::boolean[], :r.released::bigint[], :r.ended::boolean[])
                 AS n (order_id, version, authorized, settled, closed, released, ended)
            WHERE r.order_id = n.order_id""")
    void change(@BindMethods("r") Columns reservations);
}
