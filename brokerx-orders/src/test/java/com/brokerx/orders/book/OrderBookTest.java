package com.brokerx.orders.book;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a trader may rely on, told as {@linkplain BookStory stories}. */
class OrderBookTest {

    @Test
    void fillsABuyAboveTheAskAtTheAsk() {
        BookStory.check("""
                place s1 ann sell 100 @ 101        | s1 rests with 100
                place b1 bob buy 60 @ 105          | b1 buys 60 @ 101 from s1
                book                               | bids -
                                                   | asks 40 @ 101""");
    }

    @Test
    void takesTheBestPriceFirstThenTheOldestOrder() {
        BookStory.check("""
                place s1 ann sell 10 @ 102         | s1 rests with 10
                place s2 ann sell 10 @ 101         | s2 rests with 10
                place s3 cid sell 10 @ 101         | s3 rests with 10
                place b1 bob buy 25 @ 102          | b1 buys 10 @ 101 from s2
                                                   | b1 buys 10 @ 101 from s3
                                                   | b1 buys 5 @ 102 from s1""");
    }

    @Test
    void restsWhatALimitOrderLeaves() {
        BookStory.check("""
                place b1 bob buy 30 @ 100          | b1 rests with 30
                place s1 ann sell 100 @ 99         | s1 sells 30 @ 100 to b1
                                                   | s1 rests with 70
                book                               | bids -
                                                   | asks 70 @ 99""");
    }

    @Test
    void neverRestsAMarketOrderNorTradesItThroughItsCollar() {
        BookStory.check("""
                place m0 bob buy 10 market @ 110   | m0 cancelled 10 market_remainder
                place s1 ann sell 10 @ 101         | s1 rests with 10
                place s2 ann sell 10 @ 111         | s2 rests with 10
                place m1 bob buy 25 market @ 110   | m1 buys 10 @ 101 from s1
                                                   | m1 cancelled 15 market_remainder
                book                               | bids -
                                                   | asks 10 @ 111""");
    }

    @Test
    void cancelsWhatImmediateOrCancelLeaves() {
        BookStory.check("""
                place b1 bob buy 10 @ 100          | b1 rests with 10
                place s1 ann sell 15 @ 100 ioc     | s1 sells 10 @ 100 to b1
                                                   | s1 cancelled 5 ioc_remainder
                place s2 ann sell 15 @ 100 ioc     | s2 cancelled 15 ioc_remainder""");
    }

    @Test
    void fillsOrKillsWhole() {
        BookStory.check("""
                place s1 ann sell 10 @ 100         | s1 rests with 10
                place s2 cid sell 10 @ 101         | s2 rests with 10
                place b1 bob buy 21 @ 101 fok      | b1 cancelled 21 fok_unfillable
                place b2 bob buy 20 @ 100 fok      | b2 cancelled 20 fok_unfillable
                book                               | bids -
                                                   | asks 10 @ 100, 10 @ 101
                place b3 bob buy 15 @ 101 fok      | b3 buys 10 @ 100 from s1
                                                   | b3 buys 5 @ 101 from s2
                place b4 bob buy 6 market @ 200 fok| b4 cancelled 6 fok_unfillable""");
    }

    @Test
    void countsNoQuantityBehindTheClientsOwnOrderForFillOrKill() {
        BookStory.check("""
                place s1 ann sell 10 @ 100         | s1 rests with 10
                place s2 bob sell 10 @ 101         | s2 rests with 10
                place s3 ann sell 10 @ 102         | s3 rests with 10
                place b1 bob buy 20 @ 102 fok      | b1 meets own s2, 10 @ 101
                                                   | b1 cancelled 20 self_trade
                place b2 bob buy 10 @ 102 fok      | b2 buys 10 @ 100 from s1""");
    }

    @Test
    void refusesAPostOnlyOrderThatWouldTrade() {
        BookStory.check("""
                place s1 ann sell 10 @ 101            | s1 rests with 10
                place b1 bob buy 10 @ 101 post_only   | b1 refused post_only_would_cross
                place b2 bob buy 10 @ 100 post_only   | b2 rests with 10
                replace b2 10 @ 101                   | b2 refused post_only_would_cross
                replace b2 10 @ 99                    | b2 is now 10 @ 99 day, 10 left, place lost
                                                      | b2 rests with 10
                book                                  | bids 10 @ 99
                                                      | asks 10 @ 101""");
    }

    @Test
    void cancelsTheNewerOrderBeforeItMeetsTheClientsOwn() {
        BookStory.check("""
                place s1 ann sell 10 @ 100         | s1 rests with 10
                place s2 bob sell 10 @ 100         | s2 rests with 10
                place b1 bob buy 25 @ 100          | b1 buys 10 @ 100 from s1
                                                   | b1 meets own s2, 10 @ 100
                                                   | b1 cancelled 15 self_trade
                book                               | bids -
                                                   | asks 10 @ 100""");
    }

    @Test
    void takesAReplacedOrderThatCrossesForTheNewerOne() {
        BookStory.check("""
                place s1 bob sell 10 @ 105         | s1 rests with 10
                place b1 bob buy 10 @ 100          | b1 rests with 10
                replace s1 10 @ 100                | s1 is now 10 @ 100 day, 10 left, place lost
                                                   | s1 meets own b1, 10 @ 100
                                                   | s1 cancelled 10 self_trade
                book                               | bids 10 @ 100
                                                   | asks -""");
    }

    @Test
    void keepsThePlaceOfAnOrderThatOnlyGetsSmaller() {
        BookStory.check("""
                place b1 bob buy 10 @ 100          | b1 rests with 10
                place b2 cid buy 10 @ 100          | b2 rests with 10
                replace b1 8 @ 100                 | b1 is now 8 @ 100 day, 8 left, place kept
                replace b1 8 @ 100                 | b1 is now 8 @ 100 day, 8 left, place kept
                book                               | bids 18 @ 100
                                                   | asks -
                place s1 ann sell 9 @ 100          | s1 sells 8 @ 100 to b1
                                                   | s1 sells 1 @ 100 to b2""");
    }

    @Test
    void losesThePlaceForMoreQuantityAnotherPriceOrTimeInForce() {
        BookStory.check("""
                place b1 bob buy 10 @ 100          | b1 rests with 10
                place b2 cid buy 10 @ 100          | b2 rests with 10
                replace b1 11 @ 100                | b1 is now 11 @ 100 day, 11 left, place lost
                                                   | b1 rests with 11
                place s1 ann sell 3 @ 100          | s1 sells 3 @ 100 to b2
                replace b2 5 @ 100 gtc             | b2 is now 5 @ 100 gtc, 2 left, place lost
                                                   | b2 rests with 2
                place s2 ann sell 12 @ 100         | s2 sells 11 @ 100 to b1
                                                   | s2 sells 1 @ 100 to b2""");
    }

    @Test
    void replacesATotalThatIncludesWhatIsFilled() {
        BookStory.check("""
                place b1 bob buy 10 @ 100          | b1 rests with 10
                place s1 ann sell 4 @ 100          | s1 sells 4 @ 100 to b1
                replace b1 4 @ 100                 | b1 refused quantity_not_above_filled
                replace b1 3 @ 101                 | b1 refused quantity_not_above_filled
                replace b1 5 @ 100                 | b1 is now 5 @ 100 day, 1 left, place kept
                replace b1 20 @ 100                | b1 is now 20 @ 100 day, 16 left, place lost
                                                   | b1 rests with 16
                book                               | bids 16 @ 100
                                                   | asks -""");
    }

    @Test
    void tradesAReplacedOrderAtOnceWhereItsNewPriceCrosses() {
        BookStory.check("""
                place s1 ann sell 4 @ 102          | s1 rests with 4
                place b1 bob buy 10 @ 100          | b1 rests with 10
                replace b1 10 @ 103                | b1 is now 10 @ 103 day, 10 left, place lost
                                                   | b1 buys 4 @ 102 from s1
                                                   | b1 rests with 6
                place s2 ann sell 10 @ 105         | s2 rests with 10
                replace b1 10 @ 105 ioc            | b1 is now 10 @ 105 ioc, 6 left, place lost
                                                   | b1 buys 6 @ 105 from s2
                replace s2 20 @ 105 ioc            | s2 is now 20 @ 105 ioc, 14 left, place lost
                                                   | s2 cancelled 14 ioc_remainder""");
    }

    @Test
    void cancelsAndExpiresWhatIsLeft() {
        BookStory.check("""
                place b1 bob buy 10 @ 100          | b1 rests with 10
                place s1 ann sell 4 @ 100          | s1 sells 4 @ 100 to b1
                cancel b1                          | b1 cancelled 6 requested
                cancel b1                          | b1 refused unknown_order
                expire b1                          | b1 refused unknown_order
                replace b1 10 @ 100                | b1 refused unknown_order
                place b2 bob buy 10 @ 100          | b2 rests with 10
                place b2 bob buy 10 @ 99           | b2 refused duplicate_order
                expire b2                          | b2 expired 10
                place b3 bob buy 9 market @ 99 stop 105 | b3 waits with 9
                cancel b3                          | b3 cancelled 9 requested
                book                               | bids -
                                                   | asks -""");
    }

    @Test
    void wakesAStopOrderOnceATradeReachesItsPrice() {
        BookStory.check("""
                place x1 bob sell 5 market @ 90 stop 98   | x1 waits with 5
                place b1 ann buy 10 @ 99                  | b1 rests with 10
                place b2 ann buy 10 @ 98                  | b2 rests with 10
                place b3 ann buy 10 @ 89                  | b3 rests with 10
                place s1 cid sell 10 @ 99                 | s1 sells 10 @ 99 to b1
                place s2 cid sell 6 @ 98                  | s2 sells 6 @ 98 to b2
                                                          | x1 triggered
                                                          | x1 sells 4 @ 98 to b2
                                                          | x1 cancelled 1 market_remainder""");
    }

    @Test
    void wakesAStopOrderAtOnceWhenTheLastTradeHasReachedItsPrice() {
        BookStory.check("""
                place s1 ann sell 10 @ 100                | s1 rests with 10
                place b1 bob buy 5 @ 100                  | b1 buys 5 @ 100 from s1
                place x1 bob buy 8 @ 101 stop 100         | x1 waits with 8
                                                          | x1 triggered
                                                          | x1 buys 5 @ 100 from s1
                                                          | x1 rests with 3
                place x2 bob buy 8 @ 102 stop 101         | x2 waits with 8""");
    }

    @Test
    void letsWokenStopOrdersEnterAsTheyArrivedAndWakeFurtherOnes() {
        BookStory.check("""
                place x1 bob buy 5 @ 103 stop 101         | x1 waits with 5
                place x2 cid buy 5 @ 103 stop 100         | x2 waits with 5
                place x3 dan buy 5 @ 104 stop 103         | x3 waits with 5
                place s1 ann sell 1 @ 101                 | s1 rests with 1
                place s2 ann sell 7 @ 102                 | s2 rests with 7
                place s3 ann sell 9 @ 103                 | s3 rests with 9
                place b1 eve buy 2 @ 101                  | b1 buys 1 @ 101 from s1
                                                          | b1 rests with 1
                                                          | x1 triggered
                                                          | x1 buys 5 @ 102 from s2
                                                          | x2 triggered
                                                          | x2 buys 2 @ 102 from s2
                                                          | x2 buys 3 @ 103 from s3
                                                          | x3 triggered
                                                          | x3 buys 5 @ 103 from s3
                book                                      | bids 1 @ 101
                                                          | asks 1 @ 103""");
    }

    @Test
    void wakesAStopOrderOnEveryTradePriceNotOnlyTheLast() {
        BookStory.check("""
                place b1 ann buy 1 @ 101                  | b1 rests with 1
                place b2 ann buy 1 @ 99                   | b2 rests with 1
                place x1 bob buy 1 @ 101 stop 101         | x1 waits with 1
                place s1 cid sell 2 @ 99                  | s1 sells 1 @ 101 to b1
                                                          | s1 sells 1 @ 99 to b2
                                                          | x1 triggered
                                                          | x1 rests with 1""");
    }

    @Test
    void replacesAStopOrderByTheSameRules() {
        BookStory.check("""
                place x1 bob buy 9 @ 105 stop 101         | x1 waits with 9
                place x2 cid buy 5 @ 105 stop 101         | x2 waits with 5
                replace x1 6 @ 105                        | x1 is now 6 @ 105 day, 6 left, place kept
                replace x1 7 @ 105                        | x1 is now 7 @ 105 day, 7 left, place lost
                                                          | x1 waits with 7
                place s1 ann sell 20 @ 101                | s1 rests with 20
                place b1 eve buy 1 @ 101                  | b1 buys 1 @ 101 from s1
                                                          | x2 triggered
                                                          | x2 buys 5 @ 101 from s1
                                                          | x1 triggered
                                                          | x1 buys 7 @ 101 from s1""");
    }

    @Test
    void aReplacedStopPriceCountsFromThenOn() {
        BookStory.check("""
                place x1 bob buy 9 @ 105 stop 101         | x1 waits with 9
                replace x1 9 @ 105 stop 103               | x1 is now 9 @ 105 day, 9 left, place lost
                                                          | x1 waits with 9
                place s1 ann sell 20 @ 101                | s1 rests with 20
                place b1 eve buy 1 @ 101                  | b1 buys 1 @ 101 from s1
                replace x1 9 @ 105 stop 100               | x1 is now 9 @ 105 day, 9 left, place lost
                                                          | x1 waits with 9
                                                          | x1 triggered
                                                          | x1 buys 9 @ 101 from s1""");
    }

    @Test
    void cancelsAWokenPostOnlyOrderThatWouldTrade() {
        BookStory.check("""
                place x1 bob buy 9 @ 101 stop 101 post_only | x1 waits with 9
                place s1 ann sell 20 @ 101                  | s1 rests with 20
                place b1 eve buy 1 @ 101                    | b1 buys 1 @ 101 from s1
                                                            | x1 triggered
                                                            | x1 cancelled 9 post_only_would_cross""");
    }

    @Test
    void wakesTenThousandStopOrdersOneAfterTheOtherWithoutRecursion() {
        OrderBook book = new OrderBook("ZQUIET");
        int stops = 10_000;
        for (int i = 1; i <= stops; i++) {
            book.apply(limit(Side.SELL, 100 + i, 1, 0));
            book.apply(limit(Side.BUY, 101 + i, 1, 100 + i));
        }

        book.apply(limit(Side.BUY, 101, 1, 0));

        assertEquals(stops, book.tradeSequence());
        assertEquals(100 + stops, book.lastTradeTicks());
        assertEquals(Optional.of(new DepthLevel(101 + stops, 1, 1)), book.bestBid());
    }

    @Test
    void numbersTheChangesOfItsLevels() {
        OrderBook book = new OrderBook("ZQUIET");
        BookCommand.Place bid = limit(Side.BUY, 99, 10, 0);
        book.apply(bid);
        book.apply(limit(Side.SELL, 101, 10, 0));
        assertEquals(2, book.sequence());

        book.apply(limit(Side.BUY, 101, 4, 0));
        book.apply(new BookCommand.Replace(bid.orderId(), 20, 99, TimeInForce.DAY));
        book.apply(new BookCommand.Cancel(bid.orderId()));
        assertEquals(5, book.sequence());
    }

    @Test
    void numbersNoChangeWhereNothingChanged() {
        OrderBook book = new OrderBook("ZQUIET");
        BookCommand.Place bid = limit(Side.BUY, 99, 10, 0);
        book.apply(bid);

        book.apply(bid);
        book.apply(new BookCommand.Replace(bid.orderId(), 10, 99, TimeInForce.DAY));
        book.apply(limit(Side.BUY, 101, 10, 101));
        book.apply(new BookCommand.Cancel(UUID.randomUUID()));

        assertEquals(1, book.sequence());
    }

    @Test
    void restoresNoBookFromOrdersThatCannotHaveStoodInOne() {
        RestingOrder bid = resting(Side.BUY, 100, 1);
        assertRestoreRefused(bid, bid);
        assertRestoreRefused(bid, resting(Side.BUY, 99, 1));
        assertRestoreRefused(bid, resting(Side.SELL, 100, 2));
    }

    @Test
    void refusesCommandsThatNoCallerMaySend() {
        assertThrows(IllegalArgumentException.class, () -> limit(Side.BUY, 0, 10, 0));
        assertThrows(IllegalArgumentException.class, () -> limit(Side.BUY, 100, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> limit(Side.BUY, 100, BookCommand.MAX_QUANTITY + 1, 0));
        assertThrows(IllegalArgumentException.class, () -> limit(Side.BUY, 100, 10, -1));
    }

    private static void assertRestoreRefused(RestingOrder... orders) {
        BookState state = new BookState(List.of(orders), 0, 0, 0, 0);
        assertThrows(IllegalArgumentException.class, () -> OrderBook.restore("ZQUIET", state));
    }

    private static RestingOrder resting(Side side, long ticks, long priority) {
        return new RestingOrder(
                UUID.randomUUID(),
                UUID.randomUUID(),
                side,
                OrderKind.LIMIT,
                ticks,
                10,
                10,
                TimeInForce.GTC,
                false,
                0,
                priority);
    }

    private static BookCommand.Place limit(Side side, long ticks, long quantity, long stopTicks) {
        return new BookCommand.Place(
                UUID.randomUUID(),
                UUID.randomUUID(),
                side,
                OrderKind.LIMIT,
                ticks,
                quantity,
                TimeInForce.DAY,
                false,
                stopTicks);
    }
}
