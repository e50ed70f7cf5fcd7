/** The first step of signing in: e-mail address and password. */
package com.brokerx.clients.login;
