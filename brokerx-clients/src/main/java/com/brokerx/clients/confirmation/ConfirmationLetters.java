package com.brokerx.clients.confirmation;

import com.brokerx.clients.mail.Letter;
import com.brokerx.facades.events.OrdersReported.Report;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** What clients are told of their money and their orders. */
final class ConfirmationLetters {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private ConfirmationLetters() {}

    /** One movement of money, for the table. */
    record Movement(Instant at, BigDecimal amount, String currency) {
        private String text() {
            return amount.toPlainString() + " " + currency;
        }
    }

    static Letter deposits(String name, List<Movement> movements) {
        return movements(
                name, movements, "Your deposit of %s has arrived", "Your deposits have arrived", "is on your account");
    }

    static Letter withdrawals(String name, List<Movement> movements) {
        return movements(
                name,
                movements,
                "Your withdrawal of %s is on its way",
                "Your withdrawals are on their way",
                "has left your account");
    }

    private static Letter movements(String name, List<Movement> movements, String one, String many, String happened) {
        boolean single = movements.size() == 1;
        String subject = single ? one.formatted(movements.getFirst().text()) : many;
        return Letter.about(subject)
                .say("Hello " + name + ", this " + happened + ":")
                .table(movements.stream()
                        .map(movement -> List.of(TIME.format(movement.at()), movement.text()))
                        .toList());
    }

    /** @param leftOut how much more there was */
    static Letter orders(String name, List<Report> reports, long leftOut) {
        String subject = reports.size() == 1 ? subject(reports.getFirst()) : "News of " + reports.size() + " orders";
        Letter letter = Letter.about(subject)
                .say("Hello " + name + ", this became of your orders:")
                .table(reports.stream().map(ConfirmationLetters::row).toList());
        return leftOut == 0
                ? letter
                : letter.say(String.format(
                        Locale.ROOT,
                        "These are the latest; before them came %,d more entries of your log of executions.",
                        leftOut));
    }

    private static String subject(Report report) {
        return "Your order to " + order(report) + " is " + words(report.status());
    }

    private static List<String> row(Report report) {
        return List.of(TIME.format(report.at()), order(report), outcome(report));
    }

    private static String order(Report report) {
        return report.direction() + " " + report.quantity() + " " + report.symbol();
    }

    private static String outcome(Report report) {
        StringBuilder outcome = new StringBuilder(words(report.status()));
        if (report.rejectCode() != null) {
            outcome.append(" (").append(words(report.rejectCode())).append(')');
        }
        if (report.averagePrice() != null) {
            outcome.append(": ")
                    .append(report.filledQuantity())
                    .append(" at ")
                    .append(report.averagePrice().toPlainString())
                    .append(' ')
                    .append(report.currency());
        }
        return outcome.toString();
    }

    private static String words(String code) {
        return code.replace('_', ' ');
    }
}
