package com.brokerx.commons.app;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.dropwizard.request.logging.LogbackAccessRequestLog;
import io.dropwizard.request.logging.LogbackAccessRequestLogFactory;
import org.eclipse.jetty.server.RequestLog;

/** The request log {@code quiet}: Dropwizard's own, which tells nothing about itself. It would, on standard output and not as JSON. */
@JsonTypeName("quiet")
public final class QuietRequestLogFactory extends LogbackAccessRequestLogFactory {

    @Override
    public RequestLog build(String name) {
        RequestLog log = super.build(name);
        if (log instanceof LogbackAccessRequestLog access) {
            access.setQuiet(true);
        }
        return log;
    }
}
