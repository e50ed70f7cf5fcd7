package com.brokerx.facades.reconciliation;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows by what identifies them, in their order. */
final class ById {

    private ById() {}

    /** Of two with the same id the later one stays: pages that were read while rows changed may bring one twice. */
    static <T> Map<UUID, T> of(Collection<T> rows, Function<T, UUID> id) {
        return rows.stream().collect(Collectors.toMap(id, Function.identity(), (a, b) -> b, LinkedHashMap::new));
    }
}
