package com.brokerx.commons.database;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.postgresql.PGConnection;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;

/**
 * Has arrays travel to PostgreSQL in its binary form. JDBI and the driver write most of them as text, which costs both sides more than what
 * the server then does with a column of {@code unnest}; and of instants they know no array at all.
 *
 * <p>The form is that of {@code array_send}: dimensions, whether there are nulls, the type of the elements, their number, the lower
 * bound, then each element after its length (-1 for null).
 */
public final class BinaryArrays implements JdbiPlugin, ArgumentFactory.Preparable {

    /** Makes the array that is bound. */
    @FunctionalInterface
    private interface Encoder {
        Array encode(Connection connection, Object array) throws SQLException;
    }

    private static final int HEADER_BYTES = 12;
    private static final int DIMENSION_BYTES = 8;
    private static final int LENGTH_BYTES = 4;
    private static final int UUID_BYTES = 16;
    private static final Instant POSTGRES_EPOCH = Instant.parse("2000-01-01T00:00:00Z");

    private static final Map<Type, Encoder> ENCODERS = Map.of(
            String[].class, driverArray("text"),
            long[].class, driverArray("int8"),
            Long[].class, driverArray("int8"),
            int[].class, driverArray("int4"),
            UUID[].class,
                    (connection, array) ->
                            array(connection, Oid.UUID_ARRAY, Oid.UUID, (UUID[]) array, UUID_BYTES, BinaryArrays::put),
            Instant[].class,
                    (connection, array) -> array(
                            connection,
                            Oid.TIMESTAMPTZ_ARRAY,
                            Oid.TIMESTAMPTZ,
                            (Instant[]) array,
                            Long.BYTES,
                            BinaryArrays::put));

    @Override
    public void customizeJdbi(Jdbi jdbi) {
        jdbi.registerArgument(this);
    }

    @Override
    public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
        return Optional.ofNullable(ENCODERS.get(type))
                .map(encoder -> array -> (position, statement, context) ->
                        statement.setArray(position, encoder.encode(statement.getConnection(), array)));
    }

    /** One that the driver writes in binary form by itself. */
    private static Encoder driverArray(String elementType) {
        return (connection, array) -> connection.unwrap(PGConnection.class).createArrayOf(elementType, array);
    }

    private static <T> Array array(
            Connection connection, int arrayType, int elementType, T[] array, int bytes, BiConsumer<ByteBuffer, T> put)
            throws SQLException {
        boolean empty = array.length == 0;
        ByteBuffer encoded =
                ByteBuffer.allocate(HEADER_BYTES + DIMENSION_BYTES + array.length * (LENGTH_BYTES + bytes));
        encoded.putInt(empty ? 0 : 1).putInt(1).putInt(elementType);
        if (!empty) {
            encoded.putInt(array.length).putInt(1);
        }
        for (T element : array) {
            if (element == null) {
                encoded.putInt(-1);
            } else {
                put.accept(encoded.putInt(bytes), element);
            }
        }
        return new PgArray(
                connection.unwrap(BaseConnection.class), arrayType, Arrays.copyOf(encoded.array(), encoded.position()));
    }

    private static void put(ByteBuffer target, UUID id) {
        target.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    }

    private static void put(ByteBuffer target, Instant time) {
        target.putLong(ChronoUnit.MICROS.between(POSTGRES_EPOCH, time));
    }
}
