package com.brokerx.orders.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests that need no settings of their own one running service, which ends with the last of them. After each test its books are empty
 * again. Its patience is long: what these tests are about does not depend on how busy the machine is.
 */
public final class SharedOrders implements ParameterResolver, AfterEachCallback {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == RunningOrders.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return orders(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        RunningOrders orders = orders(context);
        orders.clear();
        assertThat(orders.portfolios().complaints()).isEmpty();
    }

    private static RunningOrders orders(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.GLOBAL)
                .getOrComputeIfAbsent(
                        RunningOrders.class,
                        type -> RunningOrders.start(
                                "orders.placing.fundsPatience=10s",
                                "orders.portfolios.deadline=15s",
                                "orders.writer.patience=10s",
                                "orders.reports.gatherFor=1500ms",
                                "orders.stream.cancelOnDisconnect.least=500ms",
                                "orders.stream.cancelOnDisconnect.every=100ms"),
                        RunningOrders.class);
    }
}
