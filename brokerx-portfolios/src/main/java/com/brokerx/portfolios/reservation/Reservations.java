package com.brokerx.portfolios.reservation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The reservations that one transaction works on, read after their accounts were locked, and what it made of them. Changes of one
 * reservation compose; all are stored together.
 */
public final class Reservations {

    private final ReservationStore store;
    private final Map<UUID, Reservation> before = new HashMap<>();
    private final Map<UUID, Reservation> now = new HashMap<>();

    private Reservations(ReservationStore store) {
        this.store = store;
    }

    /** Reads those of {@code orderIds} that exist. */
    public static Reservations read(Handle tx, Collection<UUID> orderIds) {
        Reservations reservations = new Reservations(tx.attach(ReservationStore.class));
        if (!orderIds.isEmpty()) {
            reservations
                    .store
                    .find(orderIds.stream().distinct().toArray(UUID[]::new))
                    .forEach(reservation -> {
                        reservations.before.put(reservation.orderId(), reservation);
                        reservations.now.put(reservation.orderId(), reservation);
                    });
        }
        return reservations;
    }

    public Optional<Reservation> find(UUID orderId) {
        return Optional.ofNullable(now.get(orderId));
    }

    public void put(Reservation reservation) {
        now.put(reservation.orderId(), reservation);
    }

    public void store() {
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
            store.add(ReservationStore.Columns.of(added));
        }
        if (!changed.isEmpty()) {
            store.change(ReservationStore.Columns.of(changed));
        }
    }
}
