package com.brokerx.commons.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TraceContextTest {

    private static final String HEADER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    @Test
    void readsAndWritesTheHeader() {
        TraceContext context = TraceContext.parse(HEADER).orElseThrow();

        assertThat(context.traceId()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(context.sampled()).isTrue();
        assertThat(context.toHeader()).isEqualTo(HEADER);
    }

    @Test
    void readsWhatItKnowsOfLaterVersions() {
        assertThat(TraceContext.parse("cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-what-comes-next"))
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01\n",
            })
    void refusesWhatIsNotWellFormed(String header) {
        assertThat(TraceContext.parse(header)).isEmpty();
    }

    @Test
    void aScopeBringsBackWhatWasBefore() {
        try (var outer = TraceContext.parse(HEADER).orElseThrow().enter()) {
            try (var inner = TraceContext.begin().enter()) {
                assertThat(TraceContext.currentHeader()).isPresent().isNotEqualTo(java.util.Optional.of(HEADER));
            }
            assertThat(TraceContext.currentHeader()).contains(HEADER);
            assertThat(MDC.get("trace_id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        }
        assertThat(TraceContext.currentHeader()).isEmpty();
        assertThat(MDC.get("trace_id")).isNull();
    }

    @Test
    void everyTraceThatBeginsIsAnotherOne() {
        TraceContext one = TraceContext.begin();

        assertThat(TraceContext.parse(one.toHeader())).contains(one);
        assertThat(TraceContext.begin().traceId()).isNotEqualTo(one.traceId());
    }
}
