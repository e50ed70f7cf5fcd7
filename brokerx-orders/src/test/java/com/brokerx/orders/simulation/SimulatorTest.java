package com.brokerx.orders.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.brokerx.commons.problem.UnavailableException;
import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.orders.book.Depth;
import com.brokerx.orders.book.DepthLevel;
import com.brokerx.orders.market.BookSnapshot;
import com.brokerx.orders.market.DayStatistics;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.InstrumentSettings;
import com.brokerx.orders.market.Instruments;
import com.brokerx.orders.market.MarketBoard;
import com.brokerx.orders.market.MarketCalendar;
import com.brokerx.orders.market.MarketData;
import com.brokerx.orders.market.MarketHoursSettings;
import com.brokerx.testing.ManualClock;
import com.brokerx.testing.TestDatabase;
import io.dropwizard.util.Duration;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What the agents decide, whatever happens to their orders. */
class SimulatorTest {

    private static final UUID MAKER = new UUID(0, 1);
    private static final UUID NOISE = new UUID(0, 2);
    private static final int STEPS = 40;
    private static final List<String> SYMBOLS = List.of("AAA", "BBB");
    private static final ManualClock CLOCK = new ManualClock(Instant.parse("2026-01-05T15:00:00Z"));

    private final Jdbi jdbi = TestDatabase.migrated("orders/migrations.xml").jdbi();
    private final Instruments instruments =
            new Instruments(jdbi, SYMBOLS.stream().map(SimulatorTest::listed).toList());

    private static InstrumentSettings listed(String symbol) {
        return new InstrumentSettings(symbol, symbol, null, null, null, new BigDecimal("100"), null, null, null, true);
    }

    /** What each agent asked for in each symbol, in its order; no order ever stands, so a maker asks for all its quotes each time. */
    private static final class Recorder implements Desk {
        private final Map<String, List<Intent>> asked = new HashMap<>();
        private boolean failsAtNextSale;

        @Override
        public Map<String, List<OwnOrder>> openOrders(UUID clientId) {
            return Map.of();
        }

        @Override
        public Result carryOut(UUID clientId, Instrument instrument, Intent intent) {
            List<Intent> sequence = of(clientId, instrument.symbol());
            sequence.add(intent);
            // The second and last quote of the maker, so that nothing that it decided stays untold.
            if (failsAtNextSale && clientId.equals(MAKER) && instrument.symbol().equals("BBB") && isEven(sequence)) {
                failsAtNextSale = false;
                throw new UnavailableException("the book", java.time.Duration.ofSeconds(1));
            }
            return new Result.Done(0);
        }

        private static boolean isEven(List<Intent> sequence) {
            return sequence.size() % 2 == 0;
        }

        @Override
        public boolean withdraw(UUID clientId) {
            throw new IllegalStateException("the simulator withdraws nothing");
        }

        private List<Intent> of(UUID clientId, String symbol) {
            return asked.computeIfAbsent(clientId + symbol, unknown -> new ArrayList<>());
        }
    }

    /** Everybody has more than enough. */
    private static final class Plenty implements PortfoliosFacade {
        @Override
        public List<ReserveOutcome> reserve(List<ReserveRequest> requests) {
            throw new IllegalStateException("the recorder places no orders");
        }

        @Override
        public Balance balance(UUID clientId) {
            BigDecimal cash = new BigDecimal("1000000000000");
            List<Position> shares = SYMBOLS.stream()
                    .map(symbol -> new Position(symbol, 1_000_000_000L, 1_000_000_000L, 0))
                    .toList();
            return new Balance(clientId, "USD", cash, BigDecimal.ZERO, cash, shares);
        }

        @Override
        public JournalOutcome journal(String key, JournalRequest request) {
            return new JournalOutcome.Done(false);
        }
    }

    /** A simulator, what it asks for, and the books that there are. */
    private final class Run {
        private final Recorder desk = new Recorder();
        private final Set<String> books = new HashSet<>(SYMBOLS);
        private final Simulator simulator = simulator(desk, books);

        private void steps(int count) {
            for (int i = 0; i < count; i++) {
                simulator.step(1);
            }
        }
    }

    private Simulator simulator(Desk desk, Set<String> books) {
        SimulationSettings settings = new SimulationSettings(
                true,
                7L,
                null,
                null,
                new WalkSettings(2_000.0, Duration.hours(1)),
                new MakerSettings(1, null, 1.0, 1.0),
                new TakerSettings(Duration.seconds(1), null, null),
                null,
                new SimulationSettings.Clients(MAKER, NOISE, new UUID(0, 3), new UUID(0, 4)),
                null);
        MarketCalendar calendar =
                new MarketCalendar(new MarketHoursSettings(true, ZoneId.of("UTC"), null, null, null, null, null));
        MarketBoard board = new MarketBoard();
        SYMBOLS.forEach(symbol -> board.show(standing(symbol)));
        return new Simulator(
                settings,
                desk,
                new Treasury(new Plenty(), settings.funding(), CLOCK),
                instruments,
                new MarketData(board, symbol -> Optional.empty(), jdbi, calendar, CLOCK),
                calendar,
                books::contains,
                CLOCK);
    }

    private static BookSnapshot standing(String symbol) {
        return new BookSnapshot(
                symbol,
                1,
                new Depth(List.of(new DepthLevel(9_999, 100, 1)), List.of(new DepthLevel(10_001, 100, 1)), 1),
                2,
                DayStatistics.opening(LocalDate.of(2026, 1, 5), 10_000),
                CLOCK.instant());
    }

    private Run undisturbed() {
        Run run = new Run();
        run.steps(STEPS);
        for (String symbol : SYMBOLS) {
            assertThat(run.desk.of(MAKER, symbol)).hasSize(2 * STEPS);
            assertThat(Set.copyOf(run.desk.of(MAKER, symbol))).hasSizeGreaterThan(10);
            assertThat(run.desk.of(NOISE, symbol)).hasSizeGreaterThan(10);
        }
        return run;
    }

    private static void assertSameDecisions(Run run, Run undisturbed) {
        assertThat(run.desk.asked).containsOnlyKeys(undisturbed.desk.asked.keySet());
        undisturbed.desk.asked.forEach(
                (who, intents) -> assertThat(run.desk.asked.get(who)).startsWith(intents.toArray(Intent[]::new)));
    }

    @Test
    void aSymbolWhoseBookComesLateIsTradedAsIfItHadBeenThereAtFirst() {
        Run late = new Run();
        late.books.remove("BBB");
        late.steps(5);
        late.books.add("BBB");
        late.steps(STEPS);

        assertSameDecisions(late, undisturbed());
    }

    @Test
    void aStepThatFailsInTheMiddleChangesNoDecisionOfAnySymbol() {
        Run failing = new Run();
        failing.steps(5);
        failing.desk.failsAtNextSale = true;
        assertThatThrownBy(() -> failing.steps(1)).isInstanceOf(UnavailableException.class);
        failing.simulator.failed();
        failing.steps(STEPS);

        assertSameDecisions(failing, undisturbed());
    }
}
