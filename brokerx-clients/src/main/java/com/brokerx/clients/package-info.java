/** The clients service: accounts, sign-in, sessions, and who everybody is. */
package com.brokerx.clients;
