package com.brokerx.orders.market;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Currency;
import java.util.List;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.statement.SqlBatch;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

@RegisterRowMapper(InstrumentStore.InstrumentMapper.class)
interface InstrumentStore {

    @SqlQuery("SELECT * FROM instruments ORDER BY symbol")
    List<Instrument> all();

    @SqlBatch("""
            INSERT INTO instruments (symbol, name, currency, tick_size, lot_size, reference_price, price_band_percent,
                                     maximum_notional, maximum_open_orders, simulated)
            VALUES (:symbol, :name, :currency, :tickSize, :lotSize, :referencePrice, :priceBandPercent, :maximumNotional,
                    :maximumOpenOrders, :simulated)
            ON CONFLICT (symbol) DO NOTHING""")
    void listUnlessKnown(@BindMethods List<InstrumentSettings> instruments);

    /** @return 0 where there is no such symbol */
    @SqlUpdate("UPDATE instruments SET status = :status WHERE symbol = :symbol")
    int setStatus(@Bind("symbol") String symbol, @Bind("status") String status);

    /** Reads a row of the table. */
    final class InstrumentMapper implements RowMapper<Instrument> {
        @Override
        public Instrument map(ResultSet row, StatementContext context) throws SQLException {
            return Instrument.of(
                    row.getString("symbol"),
                    row.getString("name"),
                    Currency.getInstance(row.getString("currency")),
                    row.getBigDecimal("tick_size"),
                    row.getLong("lot_size"),
                    row.getBigDecimal("reference_price"),
                    row.getBigDecimal("price_band_percent"),
                    row.getBigDecimal("maximum_notional"),
                    row.getObject("maximum_open_orders", Integer.class),
                    InstrumentStatus.of(row.getString("status")),
                    row.getBoolean("simulated"));
        }
    }
}
