package com.brokerx.clients.mfa;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotpCodesTest {

    private static final byte[] SECRET = "12345678901234567890".getBytes(StandardCharsets.US_ASCII);

    /** Appendix B of RFC 6238 has eight digits; six are their end. */
    @ParameterizedTest
    @CsvSource({
        "59, 287082",
        "1111111109, 081804",
        "1111111111, 050471",
        "1234567890, 005924",
        "2000000000, 279037",
        "20000000000, 353130"
    })
    void agreesWithTheStandard(long time, String code) {
        assertThat(TotpCodes.code(SECRET, Instant.ofEpochSecond(time))).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"-60, false", "-30, true", "0, true", "30, true", "60, false"})
    void takesACodeOfTheStepBeforeAndAfterToo(long offset, boolean accepted) {
        Instant now = Instant.ofEpochSecond(1_700_000_010);
        String code = TotpCodes.code(SECRET, now.plusSeconds(offset));

        assertThat(TotpCodes.stepOf(SECRET, code, now).isPresent()).isEqualTo(accepted);
    }

    @Test
    void saysWhichStepACodeBelongsTo() {
        Instant now = Instant.ofEpochSecond(1_700_000_010);
        String before = TotpCodes.code(SECRET, now.minusSeconds(30));

        assertThat(TotpCodes.stepOf(SECRET, before, now)).hasValue(1_700_000_010 / 30 - 1);
    }

    @Test
    void writesTheUriThatAppsRead() {
        assertThat(TotpCodes.uri("BrokerX", "ann+a@example.com", SECRET))
                .hasToString("otpauth://totp/BrokerX:ann%2Ba%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                        + "&issuer=BrokerX&algorithm=SHA1&digits=6&period=30");
    }
}
