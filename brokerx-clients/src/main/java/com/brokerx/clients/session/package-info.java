/** Sign-ins: access tokens, refresh tokens, and how a session ends everywhere. */
package com.brokerx.clients.session;
