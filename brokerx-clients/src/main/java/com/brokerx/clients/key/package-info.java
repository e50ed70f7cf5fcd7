/** The keys that sign access tokens: made, kept, rotated and published. */
package com.brokerx.clients.key;
