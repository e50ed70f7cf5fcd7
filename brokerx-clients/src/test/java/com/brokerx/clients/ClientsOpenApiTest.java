package com.brokerx.clients;

import com.brokerx.clients.key.JwksResource;
import com.brokerx.clients.login.LoginResource;
import com.brokerx.clients.mfa.MfaResource;
import com.brokerx.clients.password.PasswordResource;
import com.brokerx.clients.profile.ProfileResource;
import com.brokerx.clients.registration.RegistrationResource;
import com.brokerx.clients.registration.VerificationResource;
import com.brokerx.clients.session.SessionResource;
import com.brokerx.commons.app.HealthResource;
import com.brokerx.testing.OpenApiDocument;
import java.util.LinkedHashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClientsOpenApiTest {

    @Test
    void documentsThePublicApiAsItIs() {
        OpenApiDocument.assertUpToDate(
                "clients",
                "BrokerX clients",
                "Accounts, sign-in with a second factor, sessions, and the keys of access tokens. Errors are "
                        + "application/problem+json (RFC 9457) with a stable code.",
                new LinkedHashSet<>(List.of(
                        RegistrationResource.class,
                        VerificationResource.class,
                        LoginResource.class,
                        MfaResource.class,
                        SessionResource.class,
                        PasswordResource.class,
                        ProfileResource.class,
                        JwksResource.class,
                        HealthResource.class)),
                ClientsCode.values());
    }
}
