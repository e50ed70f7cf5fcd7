package com.brokerx.commons.app;

import com.brokerx.commons.problem.CommonCode;
import com.brokerx.commons.problem.Problem;
import com.brokerx.commons.problem.ProblemException;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Bounds the size of request bodies, announced or not, and refuses an absent body where one is wanted; where the resource takes an
 * {@link Optional}, it is empty then.
 */
@Priority(Priorities.USER)
final class BodyReader implements ContainerRequestFilter, ReaderInterceptor {

    private static final String BODY = Bounded.class.getName();

    private final long maximumBytes;
    private final long maximumInternalBytes;

    BodyReader(ServiceSettings settings) {
        this.maximumBytes = settings.maximumBodySize().toBytes();
        this.maximumInternalBytes = settings.maximumInternalBodySize().toBytes();
    }

    @Override
    public void filter(ContainerRequestContext request) {
        boolean internal = request.getUriInfo().getPath().startsWith("internal/");
        long limit = internal ? maximumInternalBytes : maximumBytes;
        if (request.getLength() > limit) {
            throw tooLarge(limit);
        }
        Bounded body = new Bounded(request.getEntityStream(), limit);
        request.setProperty(BODY, body);
        request.setEntityStream(body);
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        Object entity = context.proceed();
        if (entity == null && context.getType() == Optional.class) {
            return Optional.empty();
        }
        if (entity == null) {
            throw absent(context.getProperty(BODY) instanceof Bounded body && body.saysSomething);
        }
        return entity;
    }

    /** A body of nothing but {@code null} is JSON, if of the wrong type; no body at all is none. */
    private static ProblemException absent(boolean isJson) {
        Problem problem = isJson
                ? Problem.of(CommonCode.VALIDATION_FAILED, "the body has to be one JSON object")
                : Problem.of(CommonCode.MALFORMED_JSON, "the body is empty; it has to be one JSON object");
        return problem.asException();
    }

    private static ProblemException tooLarge(long limit) {
        return Problem.of(CommonCode.PAYLOAD_TOO_LARGE, "a body may have " + limit + " bytes at most")
                .asException();
    }

    private static final class Bounded extends FilterInputStream {
        private final long limit;
        private long left;
        /** Whether there was anything but white space. */
        private boolean saysSomething;

        Bounded(InputStream in, long limit) {
            super(in);
            this.limit = limit;
            this.left = limit;
        }

        @Override
        public int read() throws IOException {
            int octet = super.read();
            count(octet < 0 ? 0 : 1);
            saysSomething |= octet > ' ';
            return octet;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            count(Math.max(read, 0));
            for (int i = 0; i < read && !saysSomething; i++) {
                saysSomething = (buffer[offset + i] & 0xff) > ' ';
            }
            return read;
        }

        private void count(int read) {
            left -= read;
            if (left < 0) {
                throw tooLarge(limit);
            }
        }
    }
}
