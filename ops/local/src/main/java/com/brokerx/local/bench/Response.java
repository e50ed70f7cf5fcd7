package com.brokerx.local.bench;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An answer, of which no more is read than the load needs: parsing JSON would cost the cores that the services are measured on.
 *
 * @param buffer holds the whole answer from its start
 * @param bodyStart where the head ends
 * @param end where the body ends
 */
record Response(int status, byte[] buffer, int bodyStart, int end) {

    private static final byte[] ID = "\"id\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] STATUS = "\"status\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CODE = "\"code\":\"".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CONTENT_LENGTH = "content-length:".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CHUNKED = "transfer-encoding:".getBytes(StandardCharsets.US_ASCII);
    private static final int STATUS_AT = "HTTP/1.1 ".length();

    /** The answer at the start of the buffer, empty while it is not complete. */
    static Optional<Response> read(byte[] buffer, int length) {
        int headEnd = find(HEAD_END, buffer, 0, length);
        if (headEnd < 0) {
            return Optional.empty();
        }
        int body = headEnd + HEAD_END.length;
        int end = end(buffer, headEnd, body, length);
        return end > length ? Optional.empty() : Optional.of(new Response(status(buffer), buffer, body, end));
    }

    private static int end(byte[] buffer, int headEnd, int body, int length) {
        int announced = findHeader(CONTENT_LENGTH, buffer, headEnd);
        if (announced >= 0) {
            return body + number(buffer, announced);
        }
        if (findHeader(CHUNKED, buffer, headEnd) < 0) {
            return body;
        }
        boolean complete =
                length - body >= LAST_CHUNK.length && find(LAST_CHUNK, buffer, length - LAST_CHUNK.length, length) >= 0;
        return complete ? length : Integer.MAX_VALUE;
    }

    private static int status(byte[] buffer) {
        return (buffer[STATUS_AT] - '0') * 100 + (buffer[STATUS_AT + 1] - '0') * 10 + buffer[STATUS_AT + 2] - '0';
    }

    private static int number(byte[] buffer, int from) {
        int at = from;
        while (buffer[at] == ' ') {
            at++;
        }
        int number = 0;
        for (; buffer[at] >= '0' && buffer[at] <= '9'; at++) {
            number = number * 10 + buffer[at] - '0';
        }
        return number;
    }

    /** Where the value of the header starts, whatever the case of its name; -1 where there is none. */
    private static int findHeader(byte[] name, byte[] buffer, int headEnd) {
        for (int line = 0; line < headEnd; line++) {
            if (buffer[line] == '\n' && startsWithIgnoringCase(name, buffer, line + 1)) {
                return line + 1 + name.length;
            }
        }
        return -1;
    }

    private static boolean startsWithIgnoringCase(byte[] lowerCase, byte[] buffer, int from) {
        for (int i = 0; i < lowerCase.length; i++) {
            if (lowerCase[i] != Character.toLowerCase((char) buffer[from + i])) {
                return false;
            }
        }
        return true;
    }

    private static int find(byte[] wanted, byte[] buffer, int from, int to) {
        for (int start = from; start <= to - wanted.length; start++) {
            int i = 0;
            while (i < wanted.length && buffer[start + i] == wanted[i]) {
                i++;
            }
            if (i == wanted.length) {
                return start;
            }
        }
        return -1;
    }

    String orderId() {
        return text(ID);
    }

    boolean isOrderOpen() {
        return switch (text(STATUS)) {
            case "working", "partially_filled", "new", "pending_funds" -> true;
            default -> false;
        };
    }

    /** Status and problem code, as {@code 422 insufficient_funds}. */
    String refusal() {
        return (status + " " + text(CODE)).strip();
    }

    private String text(byte[] field) {
        int start = find(field, buffer, bodyStart, end);
        if (start < 0) {
            return "";
        }
        int from = start + field.length;
        int to = from;
        while (to < end && buffer[to] != '"') {
            to++;
        }
        return new String(buffer, from, to - from, StandardCharsets.US_ASCII);
    }
}
