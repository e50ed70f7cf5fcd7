package com.brokerx.orders.stream;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.Frame;
import org.eclipse.jetty.websocket.core.OpCode;

/**
 * What waits to be sent to one peer. Nobody who adds to it ever waits: what is there is written by whoever adds the first of it, and
 * goes on when the network takes more. A queue that a reader does not empty is full at some point, and takes no more updates until it
 * is empty again.
 */
final class Outbound extends IteratingCallback {

    private static final int FRAMES_AT_ONCE = 64;
    /** What no update may use; answers and snapshots may, up to here. */
    private static final int RESERVE = 16;
    /** A write that took longer had to wait for the peer to read. */
    private static final long WAITED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Whom the queue tells what becomes of it; called on the thread that writes. */
    interface Owner {
        /** Nothing waits any more, and some updates had found the queue full. */
        void drained();

        /** The peer has read something, for our write had been waiting for that. */
        void heard();

        /** The connection is of no use any more. */
        void broken(Throwable cause);

        /** So much waits that the peer has to be given up. */
        void overfull();
    }

    private final CoreSession wire;
    private final Owner owner;
    private final long softLimit;
    private final StreamMetrics metrics;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Encoded> queue = new ArrayDeque<>();
    private long queuedBytes;
    private boolean refused;

    /** Of the write under way; touched by one thread at a time. */
    private List<Encoded> writing = List.of();

    private long writeBegan;

    /** @param limit how many bytes may wait before updates are refused */
    Outbound(CoreSession wire, Owner owner, long limit, StreamMetrics metrics, InstantSource clock) {
        this.wire = wire;
        this.owner = owner;
        this.softLimit = limit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Adds an update unless the reader is slow.
     *
     * @return false where the queue is full; then {@link Owner#drained} is called once it is empty
     */
    boolean offer(Encoded message) {
        return add(message, softLimit);
    }

    /** Adds what may not be left out; a peer who lets even that pile up is given up. */
    void put(Encoded message) {
        if (!add(message, softLimit * RESERVE)) {
            owner.overfull();
        }
    }

    private boolean add(Encoded message, long limit) {
        lock.lock();
        try {
            if (queuedBytes >= limit) {
                refused = true;
                return false;
            }
            queue.add(message);
            queuedBytes += message.size();
        } finally {
            lock.unlock();
        }
        iterate();
        return true;
    }

    @Override
    protected Action process() {
        writing = takeSome();
        if (writing.isEmpty()) {
            return Action.IDLE;
        }
        writeBegan = System.nanoTime();
        Encoded last = writing.getLast();
        for (Encoded message : writing) {
            Frame frame = new Frame(OpCode.TEXT).setPayload(message.view());
            // What goes out together is flushed together.
            wire.sendFrame(frame, message == last ? this : Callback.NOOP, message != last);
        }
        return Action.SCHEDULED;
    }

    private List<Encoded> takeSome() {
        lock.lock();
        try {
            List<Encoded> some = new ArrayList<>();
            while (some.size() < FRAMES_AT_ONCE && !queue.isEmpty()) {
                some.add(queue.poll());
            }
            return some;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void onSuccess() {
        long bytes = 0;
        Instant now = clock.instant();
        for (Encoded message : writing) {
            bytes += message.size();
            if (message.isUpdate()) {
                metrics.sent(message, now);
            }
        }
        if (System.nanoTime() - writeBegan > WAITED_NANOS) {
            owner.heard();
        }
        if (release(bytes)) {
            owner.drained();
        }
    }

    private boolean release(long bytes) {
        lock.lock();
        try {
            queuedBytes -= bytes;
            boolean drained = refused && queuedBytes == 0;
            refused &= !drained;
            return drained;
        } finally {
            lock.unlock();
        }
    }

    @Override
    protected void onCompleteFailure(Throwable cause) {
        owner.broken(cause);
    }
}
