package com.brokerx.clients.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

class LetterWriterTest {

    private static final Letter LETTER = Letter.about("News")
            .say("Hello <b>Ann</b> & \"friends\"")
            .link("Go on", URI.create("https://example.com/?a=1&b=2"))
            .code("123456")
            .table(List.of(List.of("buy 10 AAPL", "filled"), List.of("sell 5 MSFT", "cancelled")));

    @Test
    void writesPlainTextAsItIs() {
        assertThat(LetterWriter.text(LETTER)).isEqualTo("""
                Hello <b>Ann</b> & "friends"

                Go on:
                https://example.com/?a=1&b=2

                    123456

                buy 10 AAPL  filled
                sell 5 MSFT  cancelled

                BrokerX
                """);
    }

    @Test
    void escapesWhateverClientsWroteInHtml() {
        assertThat(LetterWriter.html(LETTER))
                .contains("Hello &lt;b&gt;Ann&lt;/b&gt; &amp; &quot;friends&quot;")
                .contains("href=\"https://example.com/?a=1&amp;b=2\"")
                .contains(">123456<")
                .contains("<td style=\"padding:2px 12px 2px 0\">sell 5 MSFT</td>")
                .doesNotContain("<b>Ann");
    }
}
