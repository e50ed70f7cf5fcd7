package com.brokerx.clients.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Base64;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class QrImageTest {

    @Test
    void drawsAPictureThatAPageCanShow() throws Exception {
        String uri = QrImage.dataUri("otpauth://totp/BrokerX:ann@example.com?secret=GEZDGNBVGY3TQOJQ");

        assertThat(uri).startsWith("data:image/svg+xml;base64,");
        byte[] svg = Base64.getDecoder().decode(uri.substring(uri.indexOf(',') + 1));
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new ByteArrayInputStream(svg));
        var root = document.getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("svg");
        // Version 4 has 33 modules a side; the quiet zone has 4 on each.
        assertThat(root.getAttribute("viewBox")).isEqualTo("0 0 41 41");
        assertThat(root.getElementsByTagName("path").getLength()).isEqualTo(1);
    }
}
