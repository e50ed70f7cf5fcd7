/** Random tokens, and how what must stay secret is stored. */
package com.brokerx.clients.secret;
