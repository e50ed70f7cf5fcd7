package com.brokerx.commons.app;

import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.lang.annotation.Annotation;

/**
 * Writes answers without regard to the annotations of the method that gave them. Ours say nothing about JSON, but there are many, for the
 * API documents, and Jackson reckons a hash over all of them for each answer.
 */
final class PlainEntities implements WriterInterceptor {

    private static final Annotation[] NONE = {};

    @Override
    public void aroundWriteTo(WriterInterceptorContext context) throws IOException {
        context.setAnnotations(NONE);
        context.proceed();
    }
}
