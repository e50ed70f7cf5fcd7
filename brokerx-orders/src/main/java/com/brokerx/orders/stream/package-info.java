/**
 * Live updates over WebSocket: what is committed is told to whoever subscribed, without slowing down the writer that committed it.
 * docs/stream.md draws how.
 */
package com.brokerx.orders.stream;
