/** Mails that confirm what happened to a client's money and orders in the other services. */
package com.brokerx.clients.confirmation;
