package com.brokerx.portfolios.backoffice;

import com.brokerx.commons.app.RequestId;
import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.ledger.AccountKey;
import com.brokerx.portfolios.ledger.Asset;
import com.brokerx.portfolios.ledger.Assets;
import com.brokerx.portfolios.ledger.CostBasis;
import com.brokerx.portfolios.ledger.EntryType;
import com.brokerx.portfolios.ledger.House;
import com.brokerx.portfolios.ledger.Ledger;
import com.brokerx.portfolios.ledger.Line;
import com.brokerx.portfolios.ledger.OpenAccount;
import com.brokerx.portfolios.ledger.Posting;
import com.brokerx.portfolios.portfolio.Portfolios;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Moves cash or shares between a client and the house: corrections, transfers in, the market maker's stock. */
public final class JournalService {

    /** Far below what 64 bits hold, so that no later sum can overflow. */
    private static final long MAXIMUM_BALANCE = 1_000_000_000_000_000_000L;

    /** What became of it. */
    public sealed interface Outcome {
        record Done(Journal journal, UUID portfolioId, long balanceAfter) implements Outcome {}

        record BelowZero(long available) implements Outcome {}

        record TooLarge() implements Outcome {}

        /** The asset is kept or traded in another currency than was said. */
        record CurrencyMismatch(String currency) implements Outcome {}
    }

    private final Portfolios portfolios;
    private final Ledger ledger;
    private final Assets assets;

    public JournalService(Portfolios portfolios, Ledger ledger, Assets assets) {
        this.portfolios = portfolios;
        this.ledger = ledger;
        this.assets = assets;
    }

    /**
     * @param amount above zero to the client, below zero from the client; the asset is registered
     * @param wanted the currency that shares are traded in, which says into which portfolio they belong; empty for that of the last
     *     trade, or the default one
     */
    public Outcome post(Handle tx, UUID clientId, Asset asset, long amount, Optional<String> wanted, String reason) {
        AccountKey key = new AccountKey(clientId, asset.code());
        JournalStore store = tx.attach(JournalStore.class);
        Optional<JournalStore.Price> price = asset.isCurrency() ? Optional.empty() : store.price(asset.code());
        Optional<String> known =
                asset.isCurrency() ? Optional.of(asset.code()) : price.map(JournalStore.Price::currency);
        String currency = known.or(() -> wanted).orElse(portfolios.defaultCurrency());
        if (wanted.isPresent() && !wanted.get().equals(currency)) {
            return new Outcome.CurrencyMismatch(currency);
        }
        if (amount > 0) {
            portfolios.ensure(tx, List.of(new Portfolios.Wanted(key, currency)));
        }
        Posting posting = ledger.lock(tx, List.of(key));
        Optional<OpenAccount> found = posting.find(key);
        if (found.isEmpty() || found.get().available() + amount < 0) {
            return new Outcome.BelowZero(found.map(OpenAccount::available).orElse(0L));
        }
        OpenAccount account = found.get();
        String kept = portfolios
                .find(tx, clientId, account.before().portfolioId())
                .orElseThrow()
                .currency();
        if (amount > 0 && !kept.equals(currency)) {
            return new Outcome.CurrencyMismatch(kept);
        }
        Optional<CostBasis> position = position(account, asset, amount, price);
        if (position.isEmpty() || amount > MAXIMUM_BALANCE - account.available() - account.held()) {
            return new Outcome.TooLarge();
        }
        account.setPosition(position.get());
        return post(tx, posting, account, asset, amount, reason);
    }

    private Outcome post(Handle tx, Posting posting, OpenAccount account, Asset asset, long amount, String reason) {
        UUID id = Ids.next();
        posting.journal(List.of(
                new Line(account, EntryType.JOURNAL, amount, 0, id),
                new Line(assets.house(House.BACK_OFFICE, asset.code()), EntryType.JOURNAL, -amount, 0, id)));
        ledger.store(tx, posting);
        Journal journal = new Journal(
                id,
                account.clientId(),
                account.id(),
                asset.code(),
                amount,
                reason,
                RequestId.currentOrNew(),
                posting.at());
        tx.attach(JournalStore.class).add(journal);
        return new Outcome.Done(journal, account.before().portfolioId(), account.available() + account.held());
    }

    /** Shares come in at what they are worth, as far as that is known, and leave at what they cost. Empty where that is absurd. */
    private Optional<CostBasis> position(
            OpenAccount account, Asset asset, long amount, Optional<JournalStore.Price> price) {
        if (asset.isCurrency()) {
            return Optional.of(CostBasis.NONE);
        }
        if (amount < 0) {
            return Optional.of(account.position().removed(-amount, account.available() + account.held()));
        }
        BigDecimal worth = price.map(last -> worth(last, amount)).orElse(BigDecimal.ZERO);
        BigDecimal room =
                BigDecimal.valueOf(MAXIMUM_BALANCE - account.position().cost());
        return worth.compareTo(room) > 0
                ? Optional.empty()
                : Optional.of(account.position().bought(worth.longValueExact()));
    }

    /** In the smallest unit of the price's currency. */
    private BigDecimal worth(JournalStore.Price price, long shares) {
        Asset currency = assets.require(price.currency());
        return price.price()
                .multiply(BigDecimal.valueOf(shares))
                .setScale(currency.scale(), RoundingMode.HALF_UP)
                .movePointRight(currency.scale());
    }
}
