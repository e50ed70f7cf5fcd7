package com.brokerx.orders.book;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/**
 * How many orders one book takes a second, all alone on one core. The figure counts new orders only; the cancels and
 * replacements that {@link OrderFlow} mixes in are carried out in the same time. The depth is taken as often as a
 * writer with small batches takes it to show.
 *
 * <p>Run it by its main method; it is no test.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 8, time = 2)
@Fork(value = 1, jvmArgs = "-Xmx1g")
public class OrderBookBenchmark {

    /** Few enough that the commands are still in the cache, as they would be just after parsing. */
    private static final int ORDERS = 2_000;

    private static final int BATCH = 20;
    private static final int SHOWN_LEVELS = 100;

    /** The orders that rest in the book all the time. */
    @Param({"1000", "100000"})
    public int resting;

    private OrderFlow flow;
    private OrderBook book;
    private List<BookCommand> commands;

    @Setup(Level.Trial)
    public void open() {
        flow = new OrderFlow(resting);
        book = OrderBook.restore("AAPL", flow.state());
    }

    @Setup(Level.Invocation)
    public void makeCommands() {
        commands = flow.next(ORDERS);
    }

    @Benchmark
    @OperationsPerInvocation(ORDERS)
    public void orders(Blackhole out) {
        int inBatch = 0;
        for (BookCommand command : commands) {
            book.apply(command, out::consume);
            inBatch++;
            if (inBatch == BATCH) {
                out.consume(book.depth(SHOWN_LEVELS));
                inBatch = 0;
            }
        }
    }

    public static void main(String[] args) throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include(OrderBookBenchmark.class.getSimpleName())
                        .build())
                .run();
    }
}
