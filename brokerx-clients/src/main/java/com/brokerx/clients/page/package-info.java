/** Pages for people who follow a link in a mail. */
package com.brokerx.clients.page;
