package com.brokerx.local.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.local.browser.Browser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MailCatcherTest {

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final MailCatcher catcher = MailCatcher.start(0, 0);

    @AfterEach
    void stop() {
        catcher.close();
    }

    @Test
    void aMailSentBySmtpIsListedForItsReceiverWhateverTheCase() throws Exception {
        send("Ann@example.com", "Welcome", "Your link: http://localhost:8080/verify?token=abc");
        send("bob@example.com", "Other", "Nothing");

        JsonNode mails = JSON.readTree(call("GET", "/api/messages?to=ann@example.com"));

        assertThat(mails).hasSize(1);
        JsonNode mail = mails.get(0);
        assertThat(mail.properties())
                .extracting(e -> e.getKey())
                .containsExactly("id", "from", "to", "subject", "text", "received_at");
        assertThat(mail.get("from").asText()).isEqualTo("no-reply@brokerx.local");
        assertThat(mail.get("subject").asText()).isEqualTo("Welcome");
        assertThat(mail.get("text").asText()).contains("token=abc");
        assertThat(mail.get("received_at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
    }

    @Test
    void theNewestMailComesFirst() throws Exception {
        send("ann@example.com", "first", "1");
        send("ann@example.com", "second", "2");

        JsonNode mails = JSON.readTree(call("GET", "/api/messages"));

        assertThat(mails.findValuesAsText("subject")).containsExactly("second", "first");
    }

    @Test
    void thePageShowsLinksAndNoMarkupOfTheMail() throws Exception {
        send("ann@example.com", "<script>alert(1)</script>", "see http://localhost:8080/x?a=1&b=2 <b>");

        String page = call("GET", "/");

        assertThat(page)
                .contains("<a href=\"http://localhost:8080/x?a=1&amp;b=2\">")
                .doesNotContain("<script>alert", "<b>");
    }

    @Test
    void aBrowserShowsTheMailAsTextAndFollowsItsLink() throws Exception {
        URI page = URI.create("http://127.0.0.1:" + catcher.pagePort() + "/");
        send(
                "ann@example.com",
                "<script>document.title='hurt'</script>",
                "Your mails: " + page + "api/messages?to=x&a=1");
        try (Browser browser = Browser.open()) {
            browser.open(page);

            assertThat(browser.text("article h2")).isEqualTo("<script>document.title='hurt'</script>");
            assertThat(browser.text("title")).isEqualTo("BrokerX mail");
            assertThat(browser.errors()).isEmpty();
            browser.click("article a");
            browser.awaitText("body", "[]");
        }
    }

    @Test
    void theBoxCanBeEmptied() throws Exception {
        send("ann@example.com", "first", "1");
        call("DELETE", "/api/messages");

        assertThat(call("GET", "/api/messages")).isEqualTo("[]");
    }

    private void send(String to, String subject, String text) throws MessagingException {
        Properties properties = new Properties();
        properties.put("mail.smtp.host", "127.0.0.1");
        properties.put("mail.smtp.port", Integer.toString(catcher.smtpPort()));
        MimeMessage message = new MimeMessage(Session.getInstance(properties));
        message.setFrom("no-reply@brokerx.local");
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(subject);
        message.setText(text);
        Transport.send(message);
    }

    private String call(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + catcher.pagePort() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
}
