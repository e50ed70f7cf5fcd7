package com.brokerx.orders.stream;

import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;

/**
 * Limits and times of the live stream.
 *
 * @param heartbeat how often a connection hears of us when nothing else happens; 15 s if left out
 * @param authenticationTimeout how long a connection may go without a token; 10 s if left out
 * @param silence a peer of whom nothing is heard for so long, not even the answer to a ping, is taken for dead; 45 s if left out
 * @param connections at most on this instance; 20,000 if left out
 * @param connectionsPerClient at most of one client on this instance; 50 if left out
 * @param subscriptionsPerClient at most of one client on this instance; 2,000 if left out
 * @param messageSize the largest message that is taken; 16 KiB if left out
 * @param messagesPerSecond how many messages a connection may send in the long run; 50 if left out
 * @param messageBurst how many it may send at once; 500 if left out
 * @param sendBuffer how much may wait for a reader before he counts as slow; 256 KiB if left out
 * @param conflation market updates of one symbol follow each other no faster; 20 ms if left out
 * @param replayPage entries of an order log that are read at once; 100 if left out
 * @param lookEvery how often order logs are looked at for entries that nobody told of; 500 ms if left out
 * @param refreshEvery how often books of other instances are looked at, should updates of them have been lost; 1 s if left out
 * @param cancelOnDisconnect for clients who want their orders cancelled when their connection is lost
 * @param redis how instances tell each other; they look at logs and books instead where there is none
 */
public record StreamSettings(
        Duration heartbeat,
        Duration authenticationTimeout,
        Duration silence,
        @Min(1) Integer connections,
        @Min(1) Integer connectionsPerClient,
        @Min(1) Integer subscriptionsPerClient,
        DataSize messageSize,
        @Min(1) Integer messagesPerSecond,
        @Min(1) Integer messageBurst,
        DataSize sendBuffer,
        Duration conflation,
        @Min(1) Integer replayPage,
        Duration lookEvery,
        Duration refreshEvery,
        @Valid GuardSettings cancelOnDisconnect,
        @Valid RedisSettings redis) {

    public static final StreamSettings DEFAULT = new StreamSettings(
            null, null, null, null, null, null, null, null, null, null, null, null, null, null, null, null);

    public StreamSettings {
        heartbeat = heartbeat == null ? Duration.seconds(15) : heartbeat;
        authenticationTimeout = authenticationTimeout == null ? Duration.seconds(10) : authenticationTimeout;
        silence = silence == null ? Duration.seconds(45) : silence;
        connections = connections == null ? 20_000 : connections;
        connectionsPerClient = connectionsPerClient == null ? 50 : connectionsPerClient;
        subscriptionsPerClient = subscriptionsPerClient == null ? 2_000 : subscriptionsPerClient;
        messageSize = messageSize == null ? DataSize.kibibytes(16) : messageSize;
        messagesPerSecond = messagesPerSecond == null ? 50 : messagesPerSecond;
        messageBurst = messageBurst == null ? 500 : messageBurst;
        sendBuffer = sendBuffer == null ? DataSize.kibibytes(256) : sendBuffer;
        conflation = conflation == null ? Duration.milliseconds(20) : conflation;
        replayPage = replayPage == null ? 100 : replayPage;
        lookEvery = lookEvery == null ? Duration.milliseconds(500) : lookEvery;
        refreshEvery = refreshEvery == null ? Duration.seconds(1) : refreshEvery;
        cancelOnDisconnect = cancelOnDisconnect == null ? GuardSettings.DEFAULT : cancelOnDisconnect;
        redis = redis == null ? RedisSettings.NONE : redis;
    }
}
