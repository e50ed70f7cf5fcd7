package com.brokerx.local.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResponseTest {

    private static final String ORDER =
            "{\"success\":true,\"client_order_id\":\"x\",\"id\":\"0198\",\"status\":\"working\"}";

    @Test
    void readsTheStatusAndTheOrderOfAnAnswerOfKnownLength() {
        Response response =
                complete("HTTP/1.1 201 Created\r\nDate: now\r\ncontent-length: " + ORDER.length() + "\r\n\r\n" + ORDER);

        assertThat(response.status()).isEqualTo(201);
        assertThat(response.orderId()).isEqualTo("0198");
        assertThat(response.isOrderOpen()).isTrue();
    }

    @Test
    void waitsForTheWholeBody() {
        String whole = "HTTP/1.1 201 Created\r\nContent-Length: " + ORDER.length() + "\r\n\r\n" + ORDER;

        for (int length = 0; length < whole.length(); length++) {
            assertThat(read(whole.substring(0, length))).isEmpty();
        }
        assertThat(read(whole)).isPresent();
    }

    @Test
    void readsABodyInChunks() {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n"
                .formatted(ORDER.length(), ORDER);

        assertThat(read(chunked.substring(0, chunked.length() - 2))).isEmpty();
        assertThat(complete(chunked).orderId()).isEqualTo("0198");
    }

    @Test
    void namesTheReasonOfARefusal() {
        String problem = "{\"type\":\"x\",\"code\":\"insufficient_funds\"}";
        Response response =
                complete("HTTP/1.1 422 Unprocessable\r\nContent-Length: " + problem.length() + "\r\n\r\n" + problem);

        assertThat(response.refusal()).isEqualTo("422 insufficient_funds");
        assertThat(response.isOrderOpen()).isFalse();
    }

    private static Response complete(String text) {
        return read(text).orElseThrow();
    }

    /** As it comes from the network: in a buffer with room behind the answer. */
    private static Optional<Response> read(String text) {
        byte[] buffer = new byte[4096];
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, buffer, 0, bytes.length);
        return Response.read(buffer, bytes.length);
    }
}
