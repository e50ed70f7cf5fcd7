package com.brokerx.orders.writer;

import com.brokerx.commons.app.RepeatedTask;
import com.brokerx.commons.database.Pipeline;
import com.brokerx.commons.id.Ids;
import com.brokerx.orders.market.Instrument;
import com.brokerx.orders.market.Instruments;
import io.dropwizard.lifecycle.Managed;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which books this instance owns, and where the owners of the others are. What stands here may be out of date for a moment; whether
 * a book is still ours is decided by {@link #requireHeld} in the transaction that changes it.
 */
public final class Leases implements Managed {

    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Jdbi jdbi;
    private final LeaseSettings settings;
    private final Instruments instruments;
    private final String owner;
    private final Map<String, Long> held = new ConcurrentHashMap<>();
    private final Map<String, URI> others = new ConcurrentHashMap<>();
    private final RepeatedTask heart;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<String>> lostListeners = new CopyOnWriteArrayList<>();
    private boolean justStarted = true;
    private volatile URI ownUrl;
    private volatile boolean stopping;

    public Leases(Jdbi jdbi, LeaseSettings settings, Instruments instruments, String instanceId) {
        this.jdbi = jdbi;
        this.settings = settings;
        this.instruments = instruments;
        this.owner = instanceId + "/" + Ids.next();
        this.heart = new RepeatedTask("leases", settings.heartbeat().toJavaDuration(), this::beat);
    }

    @Override
    public void start() {
        // Books are taken when it is known where we can be reached: see begin.
    }

    /**
     * Begins to take books, and goes on renewing and looking for more.
     *
     * @param url where other instances reach this one
     */
    public void begin(URI url) {
        ownUrl = url;
        heart.start();
    }

    /** Takes what is free once, without going on. */
    void claim(URI url) {
        ownUrl = url;
        beat();
    }

    /** Has {@code listener} called with each symbol whose book was taken over. */
    void onTaken(Consumer<String> listener) {
        listeners.add(listener);
    }

    /** Has {@code listener} called with each symbol whose book belongs to another instance now. */
    void onLost(Consumer<String> listener) {
        lostListeners.add(listener);
    }

    /** Gives the books up at once, after the writer has ended. */
    @Override
    public void stop() throws InterruptedException {
        stopping = true;
        heart.stop();
        held.clear();
        jdbi.useHandle(handle -> LeaseStore.release(handle, owner));
    }

    /** The epoch in which this instance owns the book, empty when it does not. */
    Optional<Long> epochOf(String symbol) {
        return Optional.ofNullable(held.get(symbol));
    }

    public boolean isHeld(String symbol) {
        return held.containsKey(symbol);
    }

    public Set<String> heldSymbols() {
        return Set.copyOf(held.keySet());
    }

    /** Where the instance is that owns the book; empty when it is this one, or nobody. */
    public Optional<URI> otherOwner(String symbol) {
        return Optional.ofNullable(others.get(symbol));
    }

    /** Whether some instance owns the book, as far as is known here. */
    public boolean hasOwner(String symbol) {
        return held.containsKey(symbol) || others.containsKey(symbol);
    }

    /** Locks the leases of these books until the transaction ends, so that a take-over waits. */
    Pipeline.Step<Map.Entry<String, Long>> lock(Pipeline pipeline, Collection<SymbolBook> books) {
        return LeaseStore.lock(pipeline, books.stream().map(SymbolBook::symbol).toList(), owner);
    }

    /**
     * @param found what {@link #lock} has found
     * @throws OutrunException when others are missing; they are not held any more then
     */
    void requireHeld(Collection<SymbolBook> books, List<Map.Entry<String, Long>> found) {
        Map<String, Long> locked = found.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        List<SymbolBook> lost = books.stream()
                .filter(book -> !Long.valueOf(book.epoch()).equals(locked.get(book.symbol())))
                .toList();
        if (!lost.isEmpty()) {
            lost.forEach(book -> held.remove(book.symbol(), book.epoch()));
            throw new OutrunException("other instances own the books of "
                    + lost.stream().map(SymbolBook::symbol).collect(Collectors.joining(", ")));
        }
    }

    /** Since when all orders of the books held here are known to have left the state of waiting for funds. */
    public Map<String, Instant> recoveredTo() {
        return jdbi.withHandle(handle -> LeaseStore.all(handle)).stream()
                .filter(lease -> lease.owner().equals(owner))
                .collect(Collectors.toMap(LeaseStore.Lease::symbol, LeaseStore.Lease::recoveredTo));
    }

    /** Since when all orders of all books, or of one, are known to have left the state of waiting for funds. */
    public Instant recoveredEverywhere(Optional<String> symbol) {
        return jdbi.withHandle(handle -> LeaseStore.all(handle)).stream()
                .filter(lease -> symbol.isEmpty() || symbol.get().equals(lease.symbol()))
                .map(LeaseStore.Lease::recoveredTo)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }

    public void recovered(Instant to) {
        jdbi.useHandle(handle -> LeaseStore.recovered(handle, owner, to));
    }

    /** Renews what is held, learns who owns the rest, and takes over what nobody owns. */
    private synchronized void beat() {
        if (stopping || ownUrl == null) {
            return;
        }
        long duration = settings.duration().toMilliseconds();
        List<String> known = instruments.all().stream().map(Instrument::symbol).toList();
        List<LeaseStore.Lease> leases = jdbi.withHandle(handle -> {
            LeaseStore.renew(handle, owner, duration);
            return LeaseStore.all(handle);
        });
        if (leases.size() < known.size()) {
            leases = jdbi.withHandle(handle -> {
                LeaseStore.prepare(handle, known);
                return LeaseStore.all(handle);
            });
        }
        leases.forEach(this::learn);
        List<String> free = leases.stream()
                .filter(this::isFree)
                .map(LeaseStore.Lease::symbol)
                .toList();
        if (!free.isEmpty()) {
            takeOver(free, duration);
        }
        justStarted = false;
    }

    private void learn(LeaseStore.Lease lease) {
        if (lease.owner().equals(owner)) {
            held.put(lease.symbol(), lease.epoch());
            others.remove(lease.symbol());
        } else if (held.remove(lease.symbol()) != null) {
            LOG.warn("the book of {} was taken over by {}", lease.symbol(), lease.owner());
            lostListeners.forEach(listener -> listener.accept(lease.symbol()));
        }
        if (!lease.owner().equals(owner) && !lease.owner().isEmpty()) {
            others.put(lease.symbol(), URI.create(lease.ownerUrl()));
        } else {
            others.remove(lease.symbol());
        }
    }

    /** Also at once what belonged to a process at our own address: as we listen there now, it has ended. */
    private boolean isFree(LeaseStore.Lease lease) {
        return !lease.owner().equals(owner)
                && (lease.expired() || (justStarted && lease.ownerUrl().equals(ownUrl.toString())));
    }

    private void takeOver(List<String> free, long duration) {
        Map<String, Long> taken = jdbi.withHandle(
                handle -> LeaseStore.takeOver(handle, free, owner, ownUrl.toString(), justStarted, duration));
        taken.forEach((symbol, epoch) -> {
            LOG.info("took over the book of {} in epoch {}", symbol, epoch);
            others.remove(symbol);
            held.put(symbol, epoch);
            listeners.forEach(listener -> listener.accept(symbol));
        });
    }
}
