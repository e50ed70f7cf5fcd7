package com.brokerx.commons.app;

import io.dropwizard.jersey.validation.JerseyParameterNameProvider;
import jakarta.validation.ParameterNameProvider;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Knows parameters by the names they have in requests, as Dropwizard does, which reads the annotations of a method anew for each
 * request that it validates.
 */
final class RememberedParameterNames implements ParameterNameProvider {

    private final ParameterNameProvider names = new JerseyParameterNameProvider();
    private final Map<Constructor<?>, List<String>> ofConstructors = new ConcurrentHashMap<>();
    private final Map<Method, List<String>> ofMethods = new ConcurrentHashMap<>();

    @Override
    public List<String> getParameterNames(Constructor<?> constructor) {
        return ofConstructors.computeIfAbsent(constructor, names::getParameterNames);
    }

    @Override
    public List<String> getParameterNames(Method method) {
        return ofMethods.computeIfAbsent(method, names::getParameterNames);
    }
}
