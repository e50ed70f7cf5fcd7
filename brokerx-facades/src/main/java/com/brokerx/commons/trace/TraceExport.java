package com.brokerx.commons.trace;

import io.dropwizard.lifecycle.Managed;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.concurrent.TimeUnit;

/** Sends spans to an OpenTelemetry collector, from a thread of its own; spans that it cannot take are dropped, requests never wait. */
public final class TraceExport implements Managed {

    private static final long STOP_SECONDS = 5;

    private final SdkTracerProvider provider;

    public TraceExport(TracingSettings settings, String service, String instanceId) {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.of(
                        AttributeKey.stringKey("service.name"), service,
                        AttributeKey.stringKey("service.instance.id"), instanceId)));
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder()
                .setEndpoint(settings.endpoint().replaceAll("/+$", "") + "/v1/traces")
                .build();
        this.provider = SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampledShare())))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter)
                        .setScheduleDelay(settings.exportInterval().toJavaDuration())
                        .build())
                .build();
    }

    @Override
    public void start() {
        Span.exportWith(provider.get("com.brokerx"));
    }

    /** Sends what is finished before it ends. */
    @Override
    public void stop() {
        Span.exportWith(null);
        provider.shutdown().join(STOP_SECONDS, TimeUnit.SECONDS);
    }
}
