package com.brokerx.facades.events;

import com.brokerx.commons.outbox.Event;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Something that happened in one service and that another acts upon: the asynchronous half of the contract between them. Events of
 * one {@link #aggregate} reach a consumer in the order in which they were appended; an event may arrive more than once.
 */
public sealed interface DomainEvent extends Event
        permits ClientEmailVerified,
                ClientClosed,
                DepositCompleted,
                WithdrawalCompleted,
                TradeExecuted,
                OrderClosed,
                OrdersReported {

    @Override
    default String type() {
        return typeOf(getClass());
    }

    static String typeOf(Class<? extends DomainEvent> event) {
        return event.getAnnotation(EventType.class).value();
    }

    /** The record that stands for a name on the wire; empty for one from a newer version of the other side. */
    static Optional<Class<? extends DomainEvent>> classOf(String type) {
        return Optional.ofNullable(Types.BY_NAME.get(type));
    }

    /** The index of the permitted records, built once. */
    final class Types {
        private static final Map<String, Class<? extends DomainEvent>> BY_NAME = Arrays.stream(
                        DomainEvent.class.getPermittedSubclasses())
                .<Class<? extends DomainEvent>>map(type -> type.asSubclass(DomainEvent.class))
                .collect(Collectors.toUnmodifiableMap(DomainEvent::typeOf, Function.identity()));

        private Types() {}
    }
}
