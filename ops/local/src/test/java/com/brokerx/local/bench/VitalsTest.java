package com.brokerx.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class VitalsTest {

    private static final List<String> STATUS = List.of(
            "Name:\tjava", "VmPeak:\t 3185258 kB", "VmHWM:\t  524288 kB", "VmRSS:\t  358400 kB", "Threads:\t61");

    @Test
    void readsMemoryInMegabytesWhateverTheCollector() {
        Vitals serial = Vitals.of(STATUS, metrics("Tenured Gen"));
        Vitals g1 = Vitals.of(STATUS, metrics("G1 Old Gen"));

        assertThat(serial.residentMegabytes()).isEqualTo(350);
        assertThat(serial.mostResidentMegabytes()).isEqualTo(512);
        assertThat(serial.heapMegabytes()).isEqualTo(g1.heapMegabytes()).isCloseTo(30.44, within(0.01));
        assertThat(serial.threads()).isEqualTo(36);
        assertThat(serial.files()).isEqualTo(420);
    }

    @Test
    void doesNotTakeAMissingFigureForZero() {
        assertThatThrownBy(() -> Vitals.of(List.of("Name:\tjava"), metrics("Tenured Gen")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Vitals.of(STATUS, metrics("Eden Space"))).isInstanceOf(IllegalArgumentException.class);
    }

    private static List<String> metrics(String pool) {
        return List.of(
                "# TYPE jvm_threads_current gauge",
                "jvm_threads_current 36.0",
                "process_open_fds 420.0",
                "jvm_memory_pool_collection_used_bytes{pool=\"Survivor Space\",} 3182360.0",
                "jvm_memory_pool_collection_used_bytes{pool=\"" + pool + "\",} 3.1918872E7");
    }
}
