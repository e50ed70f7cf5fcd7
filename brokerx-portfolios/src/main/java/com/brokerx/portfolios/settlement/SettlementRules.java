package com.brokerx.portfolios.settlement;

import com.brokerx.portfolios.ledger.EntryType;
import com.brokerx.portfolios.ledger.HouseAccount;
import com.brokerx.portfolios.ledger.LedgerException;
import com.brokerx.portfolios.ledger.Line;
import com.brokerx.portfolios.ledger.OpenAccount;
import com.brokerx.portfolios.ledger.Posting;
import com.brokerx.portfolios.reservation.Reservation;
import com.brokerx.portfolios.reservation.ReservationRules;
import com.brokerx.portfolios.reservation.ReservationRules.Settled;
import com.brokerx.portfolios.reservation.Reservations;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Turns trades and closed orders into journals, on accounts and reservations in memory. */
final class SettlementRules {

    private final Posting posting;
    private final Reservations reservations;

    SettlementRules(Posting posting, Reservations reservations) {
        this.posting = posting;
        this.reservations = reservations;
    }

    /** Cash goes from the buyer's hold to the seller, shares the other way, and each side's fee to the house, in one journal. */
    void settle(Trade trade, HouseAccount fees) {
        OpenAccount buyerCash = posting.require(trade.buyerCash());
        OpenAccount buyerShares = posting.require(trade.buyerShares());
        OpenAccount sellerCash = posting.require(trade.sellerCash());
        OpenAccount sellerShares = posting.require(trade.sellerShares());
        requireOnePortfolio(buyerCash, buyerShares, trade);
        requireOnePortfolio(sellerCash, sellerShares, trade);
        long buyFee = trade.buy().fee();
        long sellFee = trade.sell().fee();

        Settled bought = spend(trade.buy(), buyerCash, Math.addExact(trade.total(), buyFee));
        Settled sold = spend(trade.sell(), sellerShares, trade.quantity());
        long totalFromHold = Math.min(trade.total(), bought.fromHold());
        long feeFromHold = bought.fromHold() - totalFromHold;

        List<Line> lines = new ArrayList<>();
        lines.add(new Line(buyerCash, EntryType.BUY, totalFromHold - trade.total(), -totalFromHold, trade.id()));
        lines.add(new Line(buyerCash, EntryType.FEE, feeFromHold - buyFee, -feeFromHold, trade.id()));
        lines.add(surplus(buyerCash, bought));
        lines.add(new Line(sellerShares, EntryType.SELL, -sold.fromAvailable(), -sold.fromHold(), trade.id()));
        lines.add(surplus(sellerShares, sold));
        lines.add(new Line(sellerCash, EntryType.SELL, trade.total(), 0, trade.id()));
        lines.add(new Line(sellerCash, EntryType.FEE, -sellFee, 0, trade.id()));
        lines.add(new Line(buyerShares, EntryType.BUY, trade.quantity(), 0, trade.id()));
        lines.add(new Line(fees, EntryType.FEE, Math.addExact(buyFee, sellFee), 0, trade.id()));

        long sharesBefore = Math.addExact(sellerShares.available(), sellerShares.held());
        sellerShares.setPosition(sellerShares.position().sold(trade.quantity(), sharesBefore, trade.total() - sellFee));
        buyerShares.setPosition(buyerShares.position().bought(trade.total() + buyFee));
        posting.journal(lines);
        closeIfFilled(trade.buy(), trade.currency());
        closeIfFilled(trade.sell(), trade.symbol());
    }

    private void closeIfFilled(Trade.Leg leg, String paysWith) {
        if (leg.filled()) {
            close(new Close(leg.orderId(), leg.clientId(), paysWith, leg.settledAfter()));
        }
    }

    /** What trades under way still need stays held until they arrive. */
    void close(Close close) {
        Reservation current = reservations.find(close.orderId()).orElse(null);
        if (current == null) {
            reservations.put(Reservation.tombstone(close.orderId(), close.clientId(), close.asset()));
            return;
        }
        ReservationRules.Freed freed = ReservationRules.close(current, close.settledTotal());
        if (freed.freed() > 0) {
            posting.journal(List.of(release(posting.require(current.accountId()), freed.freed(), close.orderId())));
        }
        reservations.put(freed.reservation());
    }

    private Settled spend(Trade.Leg leg, OpenAccount account, long amount) {
        Reservation current = reservations
                .find(leg.orderId())
                .orElseThrow(() -> new LedgerException("order " + leg.orderId() + " traded without a reservation"));
        if (current.accountId() == null || current.accountId() != account.id()) {
            throw new LedgerException("order " + leg.orderId() + " did not reserve on account " + account.id());
        }
        Settled settled = ReservationRules.settle(current, amount, leg.version(), leg.authorizedAfter());
        reservations.put(settled.reservation());
        return settled;
    }

    /** Shares that are kept in one currency and traded in another would add what they cost in both. */
    private static void requireOnePortfolio(OpenAccount cash, OpenAccount shares, Trade trade) {
        if (!cash.before().portfolioId().equals(shares.before().portfolioId())) {
            throw new LedgerException("client " + cash.clientId() + " has " + trade.symbol()
                    + " in a portfolio of another currency than " + trade.currency() + ", which it is traded in");
        }
    }

    private static Line surplus(OpenAccount account, Settled settled) {
        return release(account, settled.surplus(), settled.reservation().orderId());
    }

    private static Line release(OpenAccount account, long amount, UUID orderId) {
        return new Line(account, EntryType.RELEASE, amount, -amount, orderId);
    }
}
