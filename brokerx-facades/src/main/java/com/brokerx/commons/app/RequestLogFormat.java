package com.brokerx.commons.app;

import ch.qos.logback.access.common.spi.IAccessEvent;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.core.LayoutBase;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.logging.json.AccessAttribute;
import io.dropwizard.logging.json.AccessJsonLayoutBaseFactory;
import io.dropwizard.logging.json.layout.AccessJsonLayout;
import io.dropwizard.logging.json.layout.JsonFormatter;
import io.dropwizard.logging.json.layout.TimestampFormatter;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;

/**
 * The layout {@code request} of a request log: one JSON object a request with what every log line of the request says ({@link LogContext})
 * under the same names, so that one search by {@code request_id} finds both. The address stands there without its query, which may
 * hold a token.
 */
@JsonTypeName("request")
public final class RequestLogFormat extends AccessJsonLayoutBaseFactory {

    private static final String ATTRIBUTES = "requestAttributes";

    /** What Logback writes where there is nothing. */
    private static final String UNKNOWN = "-";

    /** What a reader looks for first. */
    private static final List<String> FIRST = List.of("timestamp", "method", "path", "status", "duration_ms");

    public RequestLogFormat() {
        setIncludes(EnumSet.of(
                AccessAttribute.TIMESTAMP,
                AccessAttribute.REMOTE_ADDRESS,
                AccessAttribute.METHOD,
                AccessAttribute.REQUEST_URI,
                AccessAttribute.STATUS_CODE,
                AccessAttribute.REQUEST_TIME,
                AccessAttribute.CONTENT_LENGTH,
                AccessAttribute.USER_AGENT));
        setCustomFieldNames(Map.of(
                "uri", "path",
                "requestTime", "duration_ms",
                "contentLength", "response_bytes",
                "remoteAddress", "remote_address",
                "userAgent", "user_agent"));
        setRequestAttributes(Set.of("request_id", "trace_id", "client_id", "order_id"));
    }

    @Override
    public LayoutBase<IAccessEvent> build(LoggerContext context, TimeZone zone) {
        Layout layout = new Layout(
                createDropwizardJsonFormatter(),
                createTimestampFormatter(zone),
                getIncludes(),
                getCustomFieldNames(),
                getAdditionalFields());
        layout.setContext(context);
        layout.setRequestAttributes(getRequestAttributes());
        return layout;
    }

    private static final class Layout extends AccessJsonLayout {

        Layout(
                JsonFormatter formatter,
                TimestampFormatter timestamps,
                Set<AccessAttribute> includes,
                Map<String, String> names,
                Map<String, Object> additional) {
            super(formatter, timestamps, includes, names, additional);
        }

        @Override
        protected Map<String, Object> toJsonMap(IAccessEvent event) {
            Map<String, Object> fields = super.toJsonMap(event);
            Map<String, Object> line = new LinkedHashMap<>();
            FIRST.forEach(name -> line.put(name, fields.remove(name)));
            if (fields.remove(ATTRIBUTES) instanceof Map<?, ?> known) {
                known.forEach((name, value) -> putUnlessUnknown(line, name.toString(), value));
            }
            line.putAll(fields);
            return line;
        }

        private static void putUnlessUnknown(Map<String, Object> line, String name, Object value) {
            if (!UNKNOWN.equals(value)) {
                line.put(name, value);
            }
        }
    }
}
