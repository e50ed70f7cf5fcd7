package com.brokerx.facades.clients;

import com.brokerx.commons.json.Times;
import com.brokerx.facades.http.FacadeClient;
import com.brokerx.facades.http.FacadeResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** {@link ClientsFacade} over HTTP. */
public final class HttpClientsFacade implements ClientsFacade {

    private final FacadeClient client;

    public HttpClientsFacade(FacadeClient client) {
        this.client = client;
    }

    @Override
    public JsonWebKeys keys() {
        return get("keys", "/.well-known/jwks.json", JsonWebKeys.class);
    }

    @Override
    public RevokedSessions revokedSessions(Instant since) {
        String from = URLEncoder.encode(Times.format(since), StandardCharsets.UTF_8);
        return get("revoked_sessions", "/internal/sessions/revoked?since=" + from, RevokedSessions.class);
    }

    private <T> T get(String operation, String path, Class<T> type) {
        FacadeResponse response = client.get(operation, path);
        if (!response.isSuccess()) {
            throw response.unexpected(operation);
        }
        return response.as(type);
    }
}
