/** Removes what is over. */
package com.brokerx.clients.housekeeping;
