/** Accounts as they are stored; what the features stand on. */
package com.brokerx.clients.account;
