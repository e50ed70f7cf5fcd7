/** Proofs that somebody reads an account's mail. */
package com.brokerx.clients.proof;
