package com.brokerx.commons.id;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class IdsTest {

    @Test
    void sortsLaterIdsLater() {
        List<String> ids =
                Stream.generate(Ids::next).limit(1000).map(UUID::toString).toList();

        assertThat(ids).isSorted().doesNotHaveDuplicates();
        assertThat(Ids.next().version()).isEqualTo(7);
    }

    @Test
    void givesANumberedRowAlwaysTheSameIdInItsOrder() {
        Instant time = Instant.parse("2026-01-31T12:34:56.789Z");

        UUID id = Ids.of(time, 41);

        assertThat(id).isEqualTo(Ids.of(time, 41)).isNotEqualTo(Ids.of(time, 42));
        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.toString()).isLessThan(Ids.of(time, 42).toString());
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(time.toEpochMilli());
        assertThatThrownBy(() -> Ids.of(time, -1)).isInstanceOf(IllegalArgumentException.class);
    }
}
