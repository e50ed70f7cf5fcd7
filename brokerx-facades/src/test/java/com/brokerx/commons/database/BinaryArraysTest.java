package com.brokerx.commons.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryArraysTest {

    private static final String SELECT = "SELECT coalesce(e::text, 'null') FROM unnest(:array::%s[]) AS e";

    private static Jdbi jdbi;

    @BeforeAll
    static void open() {
        jdbi = TestDatabase.empty().jdbi();
    }

    static Stream<Arguments> arrays() {
        UUID id = UUID.fromString("ffffffff-0123-4567-89ab-cdef00000000");
        return Stream.of(
                Arguments.of("uuid", new UUID[] {id, null}, List.of(id.toString(), "null")),
                Arguments.of("uuid", new UUID[] {}, List.of()),
                Arguments.of("uuid", new UUID[] {null}, List.of("null")),
                Arguments.of(
                        "timestamptz",
                        new Instant[] {
                            Instant.parse("2026-01-31T12:34:56.123456Z"),
                            null,
                            Instant.parse("1969-12-31T23:59:59.999999Z"),
                            Instant.parse("9999-12-31T23:59:59.999999Z")
                        },
                        List.of(
                                "2026-01-31 12:34:56.123456+00",
                                "null",
                                "1969-12-31 23:59:59.999999+00",
                                "9999-12-31 23:59:59.999999+00")),
                Arguments.of("timestamptz", new Instant[] {}, List.of()),
                Arguments.of(
                        "text",
                        new String[] {"a,b", null, "null", "", "\"quoted\" \\ {é}"},
                        List.of("a,b", "null", "null", "", "\"quoted\" \\ {é}")),
                Arguments.of(
                        "bigint",
                        new long[] {Long.MIN_VALUE, 0, Long.MAX_VALUE},
                        List.of("-9223372036854775808", "0", "9223372036854775807")),
                Arguments.of("bigint", new Long[] {null, 7L}, List.of("null", "7")),
                Arguments.of("bigint", new long[] {}, List.of()),
                Arguments.of("integer", new int[] {Integer.MIN_VALUE, 1}, List.of("-2147483648", "1")));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("arrays")
    void arriveAsTheyWere(String type, Object array, List<String> expected) {
        List<String> arrived = jdbi.inTransaction(tx -> {
            tx.execute("SET LOCAL timezone TO 'UTC'");
            return tx.createQuery(SELECT.formatted(type))
                    .bindByType("array", array, array.getClass())
                    .mapTo(String.class)
                    .list();
        });

        assertThat(arrived).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("arrays")
    void areKnownToPipelines(String type, Object array, List<String> expected) {
        List<String> arrived = jdbi.inTransaction(tx -> {
            Pipeline pipeline = new Pipeline(tx);
            pipeline.update("SET LOCAL timezone TO 'UTC'");
            var rows = pipeline.query(SELECT.formatted(type), row -> row.getString(1))
                    .bind("array", array);
            pipeline.run();
            return rows.rows();
        });

        assertThat(arrived).isEqualTo(expected);
    }
}
