package com.brokerx.orders.book;

import static com.brokerx.orders.book.BookStory.limit;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a trader may rely on of stop orders, told as {@linkplain BookStory stories}. */
class StopOrdersTest {

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
}
