package com.brokerx.clients.mail;

import com.brokerx.clients.mail.Letter.Part;
import java.util.List;
import java.util.stream.Collectors;

/** Puts a {@link Letter} on paper: as plain text, and as HTML that mail programs understand (no style sheets, no images). */
final class LetterWriter {

    private static final String CLOSING = "BrokerX";

    private LetterWriter() {}

    static String text(Letter letter) {
        return letter.parts().stream().map(LetterWriter::text).collect(Collectors.joining("\n\n", "", "\n\n"))
                + CLOSING
                + "\n";
    }

    private static String text(Part part) {
        return switch (part) {
            case Part.Paragraph(String text) -> text;
            case Part.Link link -> link.label() + ":\n" + link.target();
            case Part.Code(String value) -> "    " + value;
            case Part.Table(List<List<String>> rows) ->
                rows.stream().map(row -> String.join("  ", row)).collect(Collectors.joining("\n"));
        };
    }

    static String html(Letter letter) {
        return """
                <!doctype html>
                <html lang="en"><head><meta charset="utf-8"><title>%s</title></head>
                <body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1c2430;max-width:36em;margin:2em auto">
                %s
                <p style="color:#68707c">%s</p>
                </body></html>
                """.formatted(
                        escape(letter.subject()),
                        letter.parts().stream().map(LetterWriter::html).collect(Collectors.joining("\n")),
                        CLOSING);
    }

    private static String html(Part part) {
        return switch (part) {
            case Part.Paragraph(String text) -> "<p>" + escape(text) + "</p>";
            case Part.Link link ->
                """
                    <p><a href="%s" style="font-weight:bold">%s</a><br><small>%s</small></p>""".formatted(
                                escape(link.target().toString()),
                                escape(link.label()),
                                escape(link.target().toString()));
            case Part.Code(String value) -> """
                    <p style="font-family:monospace;font-size:24px;letter-spacing:2px">%s</p>""".formatted(escape(value));
            case Part.Table(List<List<String>> rows) ->
                rows.stream().map(LetterWriter::row).collect(Collectors.joining("\n", "<table>", "</table>"));
        };
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> "<td style=\"padding:2px 12px 2px 0\">" + escape(cell) + "</td>")
                .collect(Collectors.joining("", "<tr>", "</tr>"));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
