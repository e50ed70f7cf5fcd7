package com.brokerx.orders.book;

import org.junit.jupiter.api.Test;

/** What a replacement does to an order and its place, told as {@linkplain BookStory stories}. */
class ReplacedOrdersTest {

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
}
