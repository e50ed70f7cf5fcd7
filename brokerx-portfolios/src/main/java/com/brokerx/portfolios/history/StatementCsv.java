package com.brokerx.portfolios.history;

import com.brokerx.commons.json.Times;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;

/** Writes statements as CSV (RFC 4180). */
final class StatementCsv {

    private static final String HEADER =
            "id,time,type,asset,change,reserved,balance_after,reference,order_id,payment_id,trade_id,symbol,price,quantity,total,note";
    private static final String END = "\r\n";

    private StatementCsv() {}

    static void writeHeader(Writer out) throws IOException {
        out.write(HEADER + END);
    }

    static void write(StatementLine line, Writer out) throws IOException {
        out.write(String.join(
                        ",",
                        text(line.id()),
                        Times.format(line.time()),
                        line.type().wireName(),
                        line.asset(),
                        text(line.change()),
                        text(line.reserved()),
                        text(line.balanceAfter()),
                        text(line.reference()),
                        text(line.orderId()),
                        text(line.paymentId()),
                        text(line.tradeId()),
                        text(line.symbol()),
                        text(line.price()),
                        text(line.quantity()),
                        text(line.total()),
                        quoted(line.note()))
                + END);
    }

    private static String text(Object value) {
        return switch (value) {
            case null -> "";
            case BigDecimal decimal -> decimal.toPlainString();
            default -> value.toString();
        };
    }

    /** What people wrote; a spreadsheet must not take it for a formula. */
    private static String quoted(String note) {
        if (note == null) {
            return "";
        }
        String harmless = note.matches("(?s)[=+\\-@\\t\\r].*") ? "'" + note : note;
        return '"' + harmless.replace("\"", "\"\"") + '"';
    }
}
