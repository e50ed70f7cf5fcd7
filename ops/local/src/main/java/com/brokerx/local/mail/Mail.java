package com.brokerx.local.mail;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.UUID;

/** A caught mail, as its page and its JSON show it. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record Mail(UUID id, String from, String to, String subject, String text, String receivedAt) {}
