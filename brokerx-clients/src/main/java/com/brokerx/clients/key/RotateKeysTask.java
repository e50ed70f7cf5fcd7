package com.brokerx.clients.key;

import io.dropwizard.servlets.tasks.Task;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;

/** {@code POST /tasks/clients-rotate-signing-keys} on the admin port: a new key now, for instance after a leak of the old one. */
public final class RotateKeysTask extends Task {

    private final SigningKeys keys;

    public RotateKeysTask(SigningKeys keys) {
        super("clients-rotate-signing-keys");
        this.keys = keys;
    }

    @Override
    public void execute(Map<String, List<String>> parameters, PrintWriter output) {
        output.println("key " + keys.rotate() + " is published and signs shortly");
    }
}
