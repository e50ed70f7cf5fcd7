package com.brokerx.portfolios.reservation;

import com.brokerx.commons.database.Pipeline;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;

/**
 * The reservations that one transaction works on, read after their accounts were locked, and what it made of them. Changes of one
 * reservation compose; all are stored together.
 */
public final class Reservations {

    private final Map<UUID, Reservation> before = new HashMap<>();
    private final Map<UUID, Reservation> now = new HashMap<>();

    private Reservations(List<Reservation> known) {
        known.forEach(reservation -> {
            before.put(reservation.orderId(), reservation);
            now.put(reservation.orderId(), reservation);
        });
    }

    /** Reads those of {@code orderIds} that exist. */
    public static Reservations read(Handle tx, Collection<UUID> orderIds) {
        Pipeline pipeline = new Pipeline(tx);
        Supplier<Reservations> reservations = read(pipeline, orderIds);
        pipeline.run();
        return reservations.get();
    }

    /** As above, together with other statements; they are there when those have run. */
    public static Supplier<Reservations> read(Pipeline pipeline, Collection<UUID> orderIds) {
        var found = ReservationStore.find(pipeline, orderIds.stream().distinct().toArray(UUID[]::new));
        return () -> new Reservations(found.rows());
    }

    public Optional<Reservation> find(UUID orderId) {
        return Optional.ofNullable(now.get(orderId));
    }

    public void put(Reservation reservation) {
        now.put(reservation.orderId(), reservation);
    }

    public void store(Pipeline pipeline) {
        List<Reservation> added = new ArrayList<>();
        List<Reservation> changed = new ArrayList<>();
        now.forEach((id, reservation) -> {
            Reservation known = before.get(id);
            if (known == null) {
                added.add(reservation);
            } else if (!known.equals(reservation)) {
                changed.add(reservation);
            }
        });
        if (!added.isEmpty()) {
            ReservationStore.add(pipeline, added);
        }
        if (!changed.isEmpty()) {
            ReservationStore.change(pipeline, changed);
        }
    }
}
