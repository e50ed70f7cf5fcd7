package com.brokerx.orders.book;

import org.junit.jupiter.api.Test;

/** Orders that rest at one price and have a stop price besides: one cancels the other. */
class OcoOrdersTest {

    @Test
    void anOrderWithBothPricesTradesAtItsLimitAndTheStopSellsWhatIsLeft() {
        BookStory.check("""
                place x1 ann sell 10 @ 105 stop 98 oco 5   | x1 rests with 10
                place b1 bob buy 4 @ 105                   | b1 buys 4 @ 105 from x1
                book                                       | bids -
                                                           | asks 6 @ 105
                place b2 bob buy 9 @ 97                    | b2 rests with 9
                place b3 bob buy 1 @ 98                    | b3 rests with 1
                place s1 cid sell 1 @ 98                   | s1 sells 1 @ 98 to b3
                                                           | x1 triggered
                                                           | x1 sells 6 @ 97 to b2
                book                                       | bids 3 @ 97
                                                           | asks -
                cancel x1                                  | x1 refused unknown_order""");
    }

    @Test
    void onceItsLimitHasTradedWholeTheStopPriceIsForgotten() {
        BookStory.check("""
                place x1 ann sell 10 @ 105 stop 98 oco 5   | x1 rests with 10
                place b1 bob buy 10 @ 105                  | b1 buys 10 @ 105 from x1
                place b2 bob buy 5 @ 98                    | b2 rests with 5
                place s1 cid sell 1 @ 98                   | s1 sells 1 @ 98 to b2
                book                                       | bids 4 @ 98
                                                           | asks -""");
    }

    @Test
    void onceItsStopPriceIsReachedItTradesNoFurtherThanItsCollarAndDoesNotRest() {
        BookStory.check("""
                place x1 ann sell 10 @ 105 stop 100 oco 3  | x1 rests with 10
                place b1 bob buy 1 @ 100                   | b1 rests with 1
                place b2 bob buy 2 @ 97                    | b2 rests with 2
                place b3 bob buy 9 @ 96                    | b3 rests with 9
                place s1 cid sell 1 @ 100                  | s1 sells 1 @ 100 to b1
                                                           | x1 triggered
                                                           | x1 sells 2 @ 97 to b2
                                                           | x1 cancelled 8 market_remainder
                book                                       | bids 9 @ 96
                                                           | asks -""");
    }

    /** The buyer who wakes it goes on to its limit: what he takes there is not sold a second time. */
    @Test
    void anOrderThatWakesItAndThenTakesItsLimitLeavesNothingForTheStop() {
        BookStory.check("""
                place s1 cid sell 1 @ 95                   | s1 rests with 1
                place x1 ann sell 10 @ 105 stop 98 oco 5   | x1 rests with 10
                place x2 dan sell 5 @ 106 stop 98 oco 5    | x2 rests with 5
                place b1 bob buy 13 @ 106                  | b1 buys 1 @ 95 from s1
                                                           | b1 buys 10 @ 105 from x1
                                                           | b1 buys 2 @ 106 from x2
                                                           | x2 triggered
                                                           | x2 cancelled 3 market_remainder""");
    }

    @Test
    void anOrderWithBothPricesIsReplacedAndCancelledWhole() {
        BookStory.check("""
                place x1 ann sell 10 @ 105 stop 98 oco 5   | x1 rests with 10
                replace x1 8 @ 105                         | x1 is now 8 @ 105 day, 8 left, place kept
                replace x1 8 @ 104 stop 97                 | x1 is now 8 @ 104 day, 8 left, place lost
                                                           | x1 rests with 8
                place b1 bob buy 3 @ 98                    | b1 rests with 3
                place s1 cid sell 3 @ 98                   | s1 sells 3 @ 98 to b1
                cancel x1                                  | x1 cancelled 8 requested
                place b2 bob buy 3 @ 97                    | b2 rests with 3
                place s2 cid sell 1 @ 97                   | s2 sells 1 @ 97 to b2
                book                                       | bids 2 @ 97
                                                           | asks -""");
    }
}
