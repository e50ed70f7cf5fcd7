package com.brokerx.orders.book;

import static com.brokerx.orders.book.BookStory.limit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
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
                0,
                priority);
    }
}
