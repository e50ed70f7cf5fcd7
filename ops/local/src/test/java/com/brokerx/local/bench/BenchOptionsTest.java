package com.brokerx.local.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.local.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {

    @Test
    void offersTheRateOfTheRequirementUnlessTold() {
        BenchOptions options = BenchOptions.read(List.of());

        assertThat(options.rate()).isEqualTo(1200);
        assertThat(options.symbols()).hasSize(7);
        assertThat(options.throughGateway()).isFalse();
        assertThat(options.report()).isEmpty();
    }

    @Test
    void takesWhatItIsTold() {
        BenchOptions options =
                BenchOptions.read(List.of("--rate", "500", "--through-gateway", "--symbols", "AAPL,TSLA"));

        assertThat(options.rate()).isEqualTo(500);
        assertThat(options.throughGateway()).isTrue();
        assertThat(options.symbols()).containsExactly("AAPL", "TSLA");
    }

    @Test
    void soaksOnlyWhenAskedTo() {
        assertThat(BenchOptions.read(List.of()).soakMinutes()).isEmpty();
        assertThat(BenchOptions.read(List.of("--soak", "60")).soakMinutes()).hasValue(60);
        assertThatThrownBy(() -> BenchOptions.read(List.of("--soak", "0")))
                .isInstanceOf(UserError.class)
                .hasMessage("--soak wants a number from 1 to 10080");
    }

    @Test
    void storesOrdersOfEarlierDaysOnlyWhenAskedTo() {
        assertThat(BenchOptions.read(List.of()).storedOrders()).isEmpty();
        assertThat(BenchOptions.read(List.of("--stored", "10000000")).storedOrders())
                .hasValue(10_000_000);
    }

    @Test
    void saysWhatIsWrongWithAnOption() {
        assertThatThrownBy(() -> BenchOptions.read(List.of("--speed", "9")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("--speed");
        assertThatThrownBy(() -> BenchOptions.read(List.of("--rate")))
                .isInstanceOf(UserError.class)
                .hasMessage("--rate wants a value");
        assertThatThrownBy(() -> BenchOptions.read(List.of("--seconds", "0")))
                .isInstanceOf(UserError.class)
                .hasMessage("--seconds wants a number from 1 to 600");
    }
}
