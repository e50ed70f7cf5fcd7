/** Mail: written in the transaction of what it tells of, sent afterwards. */
package com.brokerx.clients.mail;
