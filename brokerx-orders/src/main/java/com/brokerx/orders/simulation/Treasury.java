package com.brokerx.orders.simulation;

import com.brokerx.facades.portfolios.PortfoliosFacade;
import com.brokerx.facades.portfolios.PortfoliosFacade.JournalOutcome;
import com.brokerx.facades.portfolios.PortfoliosFacade.JournalRequest;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that the agents never run out of money and shares. What is missing is reckoned from what they have, so a crash between two
 * steps does no harm; a journal whose answer was lost is asked for again with the same key and amount. Used by one thread.
 */
final class Treasury {

    private static final Logger LOG = LoggerFactory.getLogger(Treasury.class);

    private record Holding(UUID clientId, String asset) {}

    private record Grant(String key, JournalRequest request) {}

    private final PortfoliosFacade portfolios;
    private final FundingSettings settings;
    private final InstantSource clock;
    private final Map<Holding, Grant> unanswered = new HashMap<>();
    private long grants;
    private Instant nextLook = Instant.MIN;

    Treasury(PortfoliosFacade portfolios, FundingSettings settings, InstantSource clock) {
        this.portfolios = portfolios;
        this.settings = settings;
        this.clock = clock;
    }

    /** Has the next call look, however short ago the last look was. */
    void lookSoon() {
        nextLook = Instant.MIN;
    }

    /**
     * Fills up what is low, if it is time to look.
     *
     * @param epoch of the simulation's lease, in which every key is used for one grant
     * @throws com.brokerx.commons.problem.UnavailableException when the portfolios service does not answer
     */
    void fillUp(long epoch, Collection<UUID> clients, Collection<String> symbols) {
        Instant now = clock.instant();
        if (now.isBefore(nextLook)) {
            return;
        }
        for (UUID client : clients) {
            for (JournalRequest request : missing(client, symbols)) {
                grant(epoch, request);
            }
        }
        nextLook = now.plus(settings.every().toJavaDuration());
    }

    private List<JournalRequest> missing(UUID client, Collection<String> symbols) {
        PortfoliosFacade.Balance balance = portfolios.balance(client);
        Map<String, Long> shares = balance.positions().stream()
                .collect(Collectors.toMap(
                        PortfoliosFacade.Position::symbol, PortfoliosFacade.Position::availableQuantity));
        List<JournalRequest> missing = new ArrayList<>();
        addMissing(missing, client, balance.currency(), balance.available(), settings.cash());
        for (String symbol : symbols) {
            BigDecimal present = BigDecimal.valueOf(shares.getOrDefault(symbol, 0L));
            addMissing(missing, client, symbol, present, BigDecimal.valueOf(settings.shares()));
        }
        return missing;
    }

    private static void addMissing(
            List<JournalRequest> missing, UUID client, String asset, BigDecimal present, BigDecimal wanted) {
        if (present.add(present).compareTo(wanted) < 0) {
            missing.add(new JournalRequest(client, asset, wanted.subtract(present), "stock of the simulated market"));
        }
    }

    private void grant(long epoch, JournalRequest wanted) {
        Holding holding = new Holding(wanted.clientId(), wanted.asset());
        Grant grant = unanswered.computeIfAbsent(holding, missing -> {
            String key = "simulation/%s/%s/%d/%d".formatted(wanted.clientId(), wanted.asset(), epoch, ++grants);
            return new Grant(key, wanted);
        });
        JournalOutcome outcome = portfolios.journal(grant.key(), grant.request());
        unanswered.remove(holding);
        switch (outcome) {
            case JournalOutcome.Done done ->
                LOG.debug("{} of {} for agent {}", grant.request().amount(), wanted.asset(), wanted.clientId());
            case JournalOutcome.BelowZero belowZero ->
                throw new IllegalStateException("a grant cannot take anything away");
        }
    }
}
