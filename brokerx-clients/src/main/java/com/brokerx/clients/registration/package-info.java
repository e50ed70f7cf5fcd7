/** Opening an account and verifying its e-mail address. */
package com.brokerx.clients.registration;
