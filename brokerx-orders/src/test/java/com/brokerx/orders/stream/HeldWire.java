package com.brokerx.orders.stream;

import com.brokerx.commons.json.Json;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.websocket.core.CoreSession;
import org.eclipse.jetty.websocket.core.OpCode;
import org.eclipse.jetty.websocket.core.OutgoingEntry;

/** The network to a peer who reads when the test says so, and not before. */
final class HeldWire extends CoreSession.Empty {

    private final List<JsonNode> read = new ArrayList<>();
    private final Deque<OutgoingEntry> onTheWay = new ArrayDeque<>();
    private boolean holding;
    private boolean aborted;
    private String closeReason;

    @Override
    public synchronized void sendFrame(OutgoingEntry entry) {
        onTheWay.add(entry);
        if (!holding) {
            readAll();
        }
    }

    synchronized void hold() {
        holding = true;
    }

    synchronized void readOn() {
        holding = false;
        readAll();
    }

    private void readAll() {
        for (OutgoingEntry entry = onTheWay.poll(); entry != null; entry = onTheWay.poll()) {
            if (entry.getFrame().getOpCode() == OpCode.TEXT) {
                read.add(parse(entry));
            }
            entry.getCallback().succeeded();
        }
    }

    private static JsonNode parse(OutgoingEntry entry) {
        try {
            return Json.mapper().readTree(BufferUtil.toArray(entry.getFrame().getPayload()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public synchronized void close(int status, String reason, Callback callback) {
        closeReason = reason;
        callback.succeeded();
    }

    @Override
    public synchronized void abort() {
        aborted = true;
    }

    synchronized List<JsonNode> read() {
        return List.copyOf(read);
    }

    synchronized boolean isAborted() {
        return aborted;
    }

    synchronized String closeReason() {
        return closeReason;
    }
}
