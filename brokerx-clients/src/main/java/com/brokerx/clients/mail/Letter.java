package com.brokerx.clients.mail;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/**
 * A mail as its writer thinks of it: what it says, not how it looks. It is sent as plain text and as HTML, both made from
 * these parts.
 */
public record Letter(String subject, List<Part> parts) {

    /** A part of a letter, from top to bottom. */
    public sealed interface Part {

        record Paragraph(String text) implements Part {}

        /** A link that is the point of the mail. */
        record Link(String label, URI target) implements Part {}

        /** Something to be typed or copied. */
        record Code(String value) implements Part {}

        /** A table without a head. */
        record Table(List<List<String>> rows) implements Part {}
    }

    public Letter {
        parts = List.copyOf(parts);
    }

    public static Letter about(String subject) {
        return new Letter(subject, List.of());
    }

    public Letter say(String text) {
        return with(new Part.Paragraph(text));
    }

    public Letter link(String label, URI target) {
        return with(new Part.Link(label, target));
    }

    public Letter code(String value) {
        return with(new Part.Code(value));
    }

    public Letter table(List<List<String>> rows) {
        return with(new Part.Table(rows));
    }

    private Letter with(Part part) {
        List<Part> all = new ArrayList<>(parts);
        all.add(part);
        return new Letter(subject, all);
    }
}
