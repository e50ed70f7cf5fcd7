package com.brokerx.commons.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Decimals on the wire: written as strings without exponent, read from strings or numbers of bounded size. */
final class Decimals {

    /** Longer than any amount of money in the world needs, shorter than what makes arithmetic slow. */
    private static final int MAXIMUM_LENGTH = 40;

    private static final int MAXIMUM_EXPONENT = 30;
    private static final Pattern DECIMAL = Pattern.compile("[+-]?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?");

    private Decimals() {}

    static final class Serializer extends StdScalarSerializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        Serializer() {
            super(BigDecimal.class);
        }

        @Override
        public void serialize(BigDecimal value, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(value.toPlainString());
        }
    }

    static final class Deserializer extends StdScalarDeserializer<BigDecimal> {
        private static final long serialVersionUID = 1L;

        Deserializer() {
            super(BigDecimal.class);
        }

        @Override
        public BigDecimal deserialize(JsonParser json, DeserializationContext context) throws IOException {
            JsonToken token = json.currentToken();
            if (token != JsonToken.VALUE_STRING
                    && token != JsonToken.VALUE_NUMBER_INT
                    && token != JsonToken.VALUE_NUMBER_FLOAT) {
                return (BigDecimal) context.handleUnexpectedToken(BigDecimal.class, json);
            }
            String text = json.getText();
            if (text.length() > MAXIMUM_LENGTH || !DECIMAL.matcher(text).matches()) {
                return refuse(context, text);
            }
            BigDecimal value = new BigDecimal(text);
            return Math.abs(value.scale()) > MAXIMUM_EXPONENT ? refuse(context, text) : value;
        }

        private static BigDecimal refuse(DeserializationContext context, String text) throws IOException {
            return (BigDecimal) context.handleWeirdStringValue(
                    BigDecimal.class,
                    text.substring(0, Math.min(text.length(), MAXIMUM_LENGTH)),
                    "has to be a decimal number such as \"12.34\"");
        }
    }
}
