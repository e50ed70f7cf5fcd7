package com.brokerx.commons.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;

/** Times on the wire: RFC 3339 in UTC with microseconds, the precision of the database. */
public final class Times {

    private static final DateTimeFormatter RFC_3339 =
            new DateTimeFormatterBuilder().appendInstant(6).toFormatter(java.util.Locale.ROOT);

    private static final int LAST_YEAR = 9999;

    private Times() {}

    public static String format(Instant time) {
        return RFC_3339.format(time);
    }

    /**
     * The moment that a caller names, with whatever offset.
     *
     * @throws DateTimeParseException when it is no RFC 3339 time, whose years have four digits
     */
    public static Instant parse(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < 1 || time.getYear() > LAST_YEAR) {
            throw new DateTimeParseException("a year has four digits", text, 0);
        }
        return time.toInstant();
    }

    static final class Serializer extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1L;

        Serializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(format(value));
        }
    }
}
