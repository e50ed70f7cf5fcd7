package com.brokerx.orders.book;

import static java.util.Comparator.comparingLong;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The rules of the book in the most obvious words, whatever the time they take: every question is a search through one list of
 * all open orders. {@link OrderBook} must say exactly the same.
 */
final class ReferenceBook {

    private final List<ReferenceOrder> open = new ArrayList<>();
    private final List<ReferenceOrder> woken = new ArrayList<>();
    private final List<BookEvent> events = new ArrayList<>();
    private long lastTicks;
    private long trades;
    private long priorities;

    List<BookEvent> apply(BookCommand command) {
        events.clear();
        Optional<ReferenceOrder> found = find(command.orderId());
        if (command instanceof BookCommand.Place place) {
            if (found.isPresent()) {
                refuse(place, RefusalReason.DUPLICATE_ORDER);
            } else {
                place(new ReferenceOrder(place));
            }
        } else if (found.isEmpty()) {
            refuse(command, RefusalReason.UNKNOWN_ORDER);
        } else if (command instanceof BookCommand.Replace replace) {
            replace(found.get(), replace);
        } else {
            open.remove(found.get());
            if (command instanceof BookCommand.Expire) {
                events.add(new BookEvent.Expired(command.orderId(), found.get().leaves));
            } else {
                cancelled(found.get(), CancelReason.REQUESTED);
            }
        }
        letWokenEnter();
        return List.copyOf(events);
    }

    BookState state(long sequence) {
        List<RestingOrder> orders = open.stream()
                .sorted(comparingLong(order -> order.priority))
                .map(ReferenceOrder::toRestingOrder)
                .toList();
        return new BookState(orders, lastTicks, trades, priorities, sequence);
    }

    Depth depth(long sequence) {
        return new Depth(
                List.copyOf(levels(Side.BUY).descendingMap().values()),
                List.copyOf(levels(Side.SELL).values()),
                sequence);
    }

    private NavigableMap<Long, DepthLevel> levels(Side side) {
        NavigableMap<Long, DepthLevel> levels = new TreeMap<>();
        for (ReferenceOrder order : open) {
            if (!order.isStop() && order.side == side) {
                levels.merge(
                        order.limitTicks,
                        new DepthLevel(order.limitTicks, order.leaves, 1),
                        (a, b) -> new DepthLevel(a.ticks(), a.quantity() + b.quantity(), a.orders() + b.orders()));
            }
        }
        return levels;
    }

    private void place(ReferenceOrder order) {
        if (order.isStop()) {
            waitForStop(order);
        } else if (order.postOnly && bestMakerFor(order).isPresent()) {
            events.add(new BookEvent.Refused(order.id, RefusalReason.POST_ONLY_WOULD_CROSS));
        } else {
            enter(order);
        }
    }

    private void replace(ReferenceOrder order, BookCommand.Replace replace) {
        ReferenceOrder changed = order.copy();
        changed.leaves = replace.newTotalQuantity() - order.total + order.leaves;
        changed.total = replace.newTotalQuantity();
        changed.limitTicks = replace.newLimitTicks();
        changed.timeInForce = replace.newTimeInForce();
        if (order.stopTicks > 0 && replace.newStopTicks() > 0) {
            changed.stopTicks = replace.newStopTicks();
        }
        if (changed.leaves <= 0) {
            refuse(replace, RefusalReason.QUANTITY_NOT_ABOVE_FILLED);
            return;
        }
        if (order.postOnly && !order.isStop() && bestMakerFor(changed).isPresent()) {
            refuse(replace, RefusalReason.POST_ONLY_WOULD_CROSS);
            return;
        }
        boolean keepsPlace = changed.total <= order.total
                && changed.limitTicks == order.limitTicks
                && changed.timeInForce == order.timeInForce
                && changed.stopTicks == order.stopTicks;
        open.remove(order);
        if (!keepsPlace) {
            changed.priority = ++priorities;
        }
        events.add(new BookEvent.Replaced(
                changed.id,
                changed.total,
                changed.leaves,
                changed.limitTicks,
                changed.timeInForce,
                changed.stopTicks,
                changed.priority,
                !keepsPlace));
        if (keepsPlace) {
            open.add(changed);
        } else if (changed.isStop()) {
            waitForStop(changed);
        } else {
            enter(changed);
        }
    }

    private void waitForStop(ReferenceOrder order) {
        givePriority(order);
        events.add(new BookEvent.StopArmed(order.id, order.leaves, order.priority));
        if (lastTicks > 0 && order.isReachedBy(lastTicks)) {
            woken.add(order);
        } else {
            open.add(order);
        }
    }

    private void letWokenEnter() {
        while (!woken.isEmpty()) {
            ReferenceOrder order = woken.removeFirst();
            if (order.leaves == 0) {
                continue;
            }
            open.remove(order);
            events.add(new BookEvent.Triggered(order.id));
            order.wake();
            order.priority = 0;
            if (order.postOnly && bestMakerFor(order).isPresent()) {
                cancelled(order, CancelReason.POST_ONLY_WOULD_CROSS);
            } else {
                enter(order);
            }
        }
    }

    private void wake(ReferenceOrder order) {
        order.woken = true;
        woken.add(order);
        if (!order.isLinked()) {
            open.remove(order);
        }
    }

    private void enter(ReferenceOrder order) {
        if (order.timeInForce == TimeInForce.FOK && !fillsWholeOnACopyOfTheBook(order)) {
            return;
        }
        while (order.leaves > 0) {
            Optional<ReferenceOrder> maker = bestMakerFor(order);
            if (maker.isEmpty()) {
                restOrCancel(order);
                return;
            }
            if (maker.get().client.equals(order.client)) {
                preventSelfTrade(order, maker.get());
                return;
            }
            trade(maker.get(), order);
        }
    }

    /** Fill or kill is decided by trying: the same order as immediate-or-cancel, on a copy. */
    private boolean fillsWholeOnACopyOfTheBook(ReferenceOrder order) {
        ReferenceBook copy = new ReferenceBook();
        open.forEach(other -> copy.open.add(other.copy()));
        ReferenceOrder attempt = order.copy();
        attempt.timeInForce = TimeInForce.IOC;
        copy.enter(attempt);
        if (attempt.leaves == 0) {
            return true;
        }
        Optional<UUID> ownInTheWay = copy.events.stream()
                .filter(BookEvent.SelfTradePrevented.class::isInstance)
                .map(event -> ((BookEvent.SelfTradePrevented) event).restingOrderId())
                .findAny();
        if (ownInTheWay.isPresent()) {
            preventSelfTrade(order, find(ownInTheWay.get()).orElseThrow());
        } else {
            cancelled(order, CancelReason.FOK_UNFILLABLE);
        }
        return false;
    }

    private void trade(ReferenceOrder maker, ReferenceOrder taker) {
        long quantity = Math.min(maker.leaves, taker.leaves);
        maker.leaves -= quantity;
        taker.leaves -= quantity;
        if (maker.leaves == 0) {
            open.remove(maker);
        }
        trades++;
        lastTicks = maker.limitTicks;
        events.add(new BookEvent.Traded(
                trades,
                taker.side,
                maker.limitTicks,
                quantity,
                maker.id,
                maker.client,
                maker.leaves,
                taker.id,
                taker.client,
                taker.leaves));
        List<ReferenceOrder> reached = open.stream()
                .filter(order -> order.isReachedBy(lastTicks))
                .sorted(comparingLong(order -> order.priority))
                .toList();
        reached.forEach(this::wake);
    }

    private void restOrCancel(ReferenceOrder order) {
        if (order.kind == OrderKind.MARKET) {
            cancelled(order, CancelReason.MARKET_REMAINDER);
        } else if (order.timeInForce == TimeInForce.IOC) {
            cancelled(order, CancelReason.IOC_REMAINDER);
        } else {
            givePriority(order);
            open.add(order);
            events.add(new BookEvent.Rested(order.id, order.leaves, order.priority));
            if (lastTicks > 0 && order.isReachedBy(lastTicks)) {
                wake(order);
            }
        }
    }

    private Optional<ReferenceOrder> bestMakerFor(ReferenceOrder taker) {
        Comparator<ReferenceOrder> lowestFirst = comparingLong(order -> order.limitTicks);
        Comparator<ReferenceOrder> bestFirst = taker.side == Side.BUY ? lowestFirst : lowestFirst.reversed();
        return open.stream()
                .filter(order -> !order.isStop() && order.side != taker.side)
                .filter(order -> taker.side == Side.BUY
                        ? order.limitTicks <= taker.limitTicks
                        : order.limitTicks >= taker.limitTicks)
                .min(bestFirst.thenComparingLong(order -> order.priority));
    }

    private Optional<ReferenceOrder> find(UUID orderId) {
        return open.stream().filter(order -> order.id.equals(orderId)).findAny();
    }

    private void givePriority(ReferenceOrder order) {
        if (order.priority == 0) {
            order.priority = ++priorities;
        }
    }

    private void preventSelfTrade(ReferenceOrder order, ReferenceOrder own) {
        events.add(
                new BookEvent.SelfTradePrevented(order.id, own.id, own.limitTicks, Math.min(order.leaves, own.leaves)));
        cancelled(order, CancelReason.SELF_TRADE);
    }

    private void cancelled(ReferenceOrder order, CancelReason reason) {
        events.add(new BookEvent.Cancelled(order.id, order.leaves, reason));
    }

    private void refuse(BookCommand command, RefusalReason reason) {
        events.add(new BookEvent.Refused(command.orderId(), reason));
    }
}
