/** Accounts read and changed, by their owners and by administrators. */
package com.brokerx.clients.profile;
