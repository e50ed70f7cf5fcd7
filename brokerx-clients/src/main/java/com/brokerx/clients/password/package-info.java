/** Passwords: kept, judged, changed, and set anew when they were forgotten. */
package com.brokerx.clients.password;
