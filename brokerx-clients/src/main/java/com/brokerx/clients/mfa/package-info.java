/** The second factor: mailed codes, authenticator apps (RFC 6238) and recovery codes. */
package com.brokerx.clients.mfa;
