package com.brokerx.clients.session;

import com.brokerx.clients.account.Account;
import com.brokerx.clients.account.AccountStore;
import com.brokerx.clients.secret.Tokens;
import com.brokerx.commons.id.Ids;
import com.brokerx.commons.page.PageRequest;
import com.brokerx.facades.clients.ClientsFacade.RevokedSession;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * Sign-ins and their refresh tokens. A session is the family of its refresh tokens: each refresh begins a new generation. A token of
 * the generation before is answered once more within the grace, for an answer that got lost; any other that turns up again
 * ends the session, since two parties hold it.
 */
public final class Sessions {

    private final Jdbi jdbi;
    private final AccessTokens accessTokens;
    private final SessionSettings settings;
    private final InstantSource clock;

    public Sessions(Jdbi jdbi, AccessTokens accessTokens, SessionSettings settings, InstantSource clock) {
        this.jdbi = jdbi;
        this.accessTokens = accessTokens;
        this.settings = settings;
        this.clock = clock;
    }

    /** Begins a session. The caller has locked or shared the account's row, so that a suspension at the same time is not missed. */
    public SignIn open(Handle tx, Account account, Device device) {
        Instant now = clock.instant();
        Instant end = now.plus(settings.sessionLifetime().toJavaDuration());
        var session = new Session(
                Ids.next(), account.id(), device.address(), device.userAgent(), now, now, end, 0, now, null);
        tx.attach(SessionStore.class).insert(session);
        return hand(tx, account, session.id(), 0, end, now);
    }

    /** Ends one session; false where it has ended already or is another account's. */
    public boolean end(Handle tx, UUID accountId, UUID sessionId, EndReason reason) {
        return end(tx, accountId, sessionId, null, reason) > 0;
    }

    /** Ends all sessions of an account, but for {@code except} where it is given. */
    public int endAll(Handle tx, UUID accountId, Optional<UUID> except, EndReason reason) {
        return end(tx, accountId, null, except.orElse(null), reason);
    }

    private int end(Handle tx, UUID accountId, UUID only, UUID except, EndReason reason) {
        Instant now = clock.instant();
        return tx.attach(SessionStore.class)
                .end(accountId, only, except, reason, now, now.plus(accessTokens.lifetime()));
    }

    RefreshOutcome refresh(String refreshToken) {
        return jdbi.inTransaction(tx -> {
            SessionStore store = tx.attach(SessionStore.class);
            Optional<SessionStore.RefreshToken> token = store.findToken(Tokens.hash(refreshToken));
            if (token.isEmpty()) {
                return new RefreshOutcome.NotValid();
            }
            return refresh(tx, token.get(), store.lock(token.get().sessionId()));
        });
    }

    private RefreshOutcome refresh(Handle tx, SessionStore.RefreshToken token, Session session) {
        Instant now = clock.instant();
        if (session.endedAt() != null || !now.isBefore(session.expiresAt())) {
            return new RefreshOutcome.NotValid();
        }
        int generation = session.generation();
        if (token.generation() == generation) {
            return now.isBefore(token.expiresAt())
                    ? refreshed(tx, session, generation + 1, now)
                    : new RefreshOutcome.NotValid();
        }
        if (token.generation() == generation - 1 && isWithinGrace(session, now)) {
            return refreshed(tx, session, generation, now);
        }
        end(tx, session.accountId(), session.id(), EndReason.REFRESH_TOKEN_REUSED);
        return new RefreshOutcome.Reused();
    }

    private boolean isWithinGrace(Session session, Instant now) {
        return now.isBefore(session.rotatedAt().plus(settings.refreshGrace().toJavaDuration()));
    }

    private RefreshOutcome refreshed(Handle tx, Session session, int generation, Instant now) {
        if (generation > session.generation()) {
            tx.attach(SessionStore.class).rotate(session.id(), generation, now);
        }
        Account account =
                tx.attach(AccountStore.class).find(session.accountId()).orElseThrow();
        return new RefreshOutcome.Refreshed(hand(tx, account, session.id(), generation, session.expiresAt(), now));
    }

    private SignIn hand(Handle tx, Account account, UUID sessionId, int generation, Instant sessionEnd, Instant now) {
        String refreshToken = Tokens.next();
        Instant idleEnd = now.plus(settings.refreshTokenLifetime().toJavaDuration());
        Instant end = idleEnd.isBefore(sessionEnd) ? idleEnd : sessionEnd;
        tx.attach(SessionStore.class)
                .insertToken(Tokens.hash(refreshToken), new SessionStore.RefreshToken(sessionId, generation, end));
        Instant tokenEnd = now.plus(accessTokens.lifetime()).truncatedTo(ChronoUnit.SECONDS);
        return new SignIn(accessTokens.issue(account, sessionId, now, tokenEnd), tokenEnd, refreshToken);
    }

    /** Whether the account has signed in from this address before. */
    public boolean isFamiliar(Handle tx, UUID accountId, String address) {
        return tx.attach(SessionStore.class).hasSignedInFrom(accountId, address);
    }

    /** Where the account is signed in now, newest first; one more than the page holds. */
    List<Session> live(UUID accountId, PageRequest page) {
        Instant now = clock.instant();
        Instant idleSince = now.minus(settings.refreshTokenLifetime().toJavaDuration());
        return jdbi.withExtension(
                SessionStore.class,
                store -> store.live(accountId, now, idleSince, page.beforeId().orElse(null), page.limitPlusOne()));
    }

    boolean end(UUID accountId, UUID sessionId, EndReason reason) {
        return jdbi.inTransaction(tx -> end(tx, accountId, sessionId, reason));
    }

    /** Sessions that ended at or after {@code since}, while a token of theirs may still be alive. */
    public List<RevokedSession> endedSince(Instant since) {
        return jdbi.withExtension(SessionStore.class, store -> store.endedSince(since, clock.instant()));
    }

    /** Forgets sessions that ended longer ago than {@code retention}. */
    public int purge(Duration retention) {
        Instant before = clock.instant().minus(retention);
        Instant idleBefore = before.minus(settings.refreshTokenLifetime().toJavaDuration());
        return jdbi.withExtension(SessionStore.class, store -> store.purge(before, idleBefore));
    }
}
