package com.brokerx.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Forces races: does the same many times at once, each on a thread of its own. */
public final class AtOnce {

    /** What is done many times. */
    public interface Work<T> {
        /** @param number counts from 0 */
        T run(int number) throws Exception;
    }

    private AtOnce() {}

    /** All begin together; the results stand in the order of their numbers. Fails when one of them does. */
    public static <T> List<T> times(int count, Work<T> work) {
        CyclicBarrier begin = new CyclicBarrier(count);
        try (var threads = Executors.newFixedThreadPool(count)) {
            List<Future<T>> futures = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                futures.add(threads.submit(() -> {
                    begin.await();
                    return work.run(number);
                }));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException failed) {
            throw new AssertionError("one of " + count + " at once failed", failed.getCause());
        }
    }

    /** As above, where all do quite the same. */
    public static <T> List<T> times(int count, Callable<T> work) {
        return times(count, number -> work.call());
    }
}
