package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.testing.ManualClock;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TreasuryTest {

    private static final UUID AGENT = new UUID(0, 1);
    private static final FundingSettings FUNDING =
            new FundingSettings(new BigDecimal("1000.00"), 100L, io.dropwizard.util.Duration.minutes(1));

    /** What one client has; may lose an answer after it has done what was asked. */
    private static final class Ledger implements PortfoliosFacade {
        private final Map<String, BigDecimal> owned = new HashMap<>(Map.of("USD", BigDecimal.ZERO));
        private final Map<String, JournalRequest> journals = new HashMap<>();
        private final List<String> keys = new ArrayList<>();
        private boolean losesAnswers;

        @Override
        public List<ReserveOutcome> reserve(List<ReserveRequest> requests) {
            throw new IllegalStateException("the treasury places no orders");
        }

        @Override
        public Balance balance(UUID clientId) {
            BigDecimal cash = owned.get("USD");
            List<Position> positions = owned.entrySet().stream()
                    .filter(entry -> !entry.getKey().equals("USD"))
                    .map(entry -> new Position(
                            entry.getKey(),
                            entry.getValue().longValueExact(),
                            entry.getValue().longValueExact(),
                            0))
                    .toList();
            return new Balance(clientId, "USD", cash, BigDecimal.ZERO, cash, positions);
        }

        @Override
        public JournalOutcome journal(String key, JournalRequest request) {
            keys.add(key);
            JournalRequest known = journals.putIfAbsent(key, request);
            if (known == null) {
                owned.merge(request.asset(), request.amount(), BigDecimal::add);
            } else {
                assertThat(request).as("what the same key stands for").isEqualTo(known);
            }
            if (losesAnswers) {
                throw new UnavailableException("portfolios", Duration.ofSeconds(1));
            }
            return new JournalOutcome.Done(known != null);
        }

        private String has(String asset) {
            return owned.get(asset).toPlainString();
        }

        private void spend(String asset, String amount) {
            owned.merge(asset, new BigDecimal(amount).negate(), BigDecimal::add);
        }
    }

    private final ManualClock clock = new ManualClock(Instant.parse("2026-01-05T15:00:00Z"));
    private final Ledger ledger = new Ledger();
    private final Treasury treasury = new Treasury(ledger, FUNDING, clock);

    private void fillUp() {
        treasury.fillUp(1, List.of(AGENT), List.of("AAPL", "MSFT"));
    }

    @Test
    void givesANewAgentMoneyAndSharesOfEverySymbolOnce() {
        fillUp();
        clock.advance(Duration.ofMinutes(2));
        fillUp();

        assertThat(ledger.has("USD")).isEqualTo("1000.00");
        assertThat(ledger.has("AAPL")).isEqualTo("100");
        assertThat(ledger.has("MSFT")).isEqualTo("100");
        assertThat(ledger.keys).hasSize(3).doesNotHaveDuplicates();
    }

    @Test
    void fillsUpWhatHasFallenBelowAHalf() {
        fillUp();
        ledger.spend("USD", "500.01");
        ledger.spend("AAPL", "50");
        clock.advance(Duration.ofMinutes(1));
        fillUp();

        assertThat(ledger.has("USD")).isEqualTo("1000.00");
        assertThat(ledger.has("AAPL")).as("a half is enough").isEqualTo("50");
    }

    @Test
    void looksOnlyFromTimeToTimeUnlessAskedTo() {
        fillUp();
        ledger.spend("USD", "900.00");
        fillUp();
        assertThat(ledger.has("USD")).isEqualTo("100.00");

        treasury.lookSoon();
        fillUp();
        assertThat(ledger.has("USD")).isEqualTo("1000.00");
    }

    @Test
    void asksAgainWithTheSameKeyWhenTheAnswerWasLost() {
        ledger.losesAnswers = true;
        assertThatThrownBy(this::fillUp).isInstanceOf(UnavailableException.class);
        ledger.spend("USD", "600.00");
        ledger.losesAnswers = false;
        fillUp();

        assertThat(ledger.keys.get(1)).isEqualTo(ledger.keys.get(0));
        assertThat(ledger.has("USD")).as("given once").isEqualTo("400.00");
        treasury.lookSoon();
        fillUp();
        assertThat(ledger.has("USD")).as("and filled up by a grant of its own").isEqualTo("1000.00");
    }
}
