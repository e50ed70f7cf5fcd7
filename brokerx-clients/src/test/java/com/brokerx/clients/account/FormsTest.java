package com.brokerx.clients.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is an e-mail address, and what is a name. */
class FormsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ann@example.com",
                "ann.o'neil+broker@mail.example.co.uk",
                "a@b.io",
                "ADMIN@BrokerX.local",
                "x_1-2@xn--bcher-kva.example"
            })
    void takesAddressesThatMailCanGoTo(String email) {
        assertThat(Emails.isPossible(email)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ann",
                "ann@",
                "@example.com",
                "ann@example",
                "ann@@example.com",
                "ann@example..com",
                "ann@-example.com",
                "ann example@example.com",
                "ann@example.com ",
                "ann@example.com\r\nBcc: x@example.com",
                "ann\u0000@example.com",
                "ännie@example.com",
                "\"ann\"@example.com"
            })
    void refusesWhatIsNoAddress(String email) {
        assertThat(Emails.isPossible(email)).isFalse();
    }

    @Test
    void boundsTheLengthOfAddresses() {
        String host = "@" + "a".repeat(60) + "." + "b".repeat(60) + "." + "c".repeat(60) + ".com";

        assertThat(Emails.isPossible("a".repeat(60) + host)).isTrue();
        assertThat(Emails.isPossible("a".repeat(65) + "@example.com")).isFalse();
        assertThat(Emails.isPossible("a".repeat(64) + "@" + "b.".repeat(120) + "com"))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Ann", "José María de la Cruz", "王小明", "O'Neil-Smith, Jr.", "می‌خواهم", "😀"})
    void takesNamesInAnyWriting(String name) {
        assertThat(name).matches(Names.FORM);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t", "Ann\u0000", "Ann\nBcc: x", "\ud83d", "\u009f"})
    void refusesNamesThatAreNoText(String name) {
        assertThat(name).doesNotMatch(Names.FORM);
    }

    @Test
    void countsCharactersOfNames() {
        assertThat("😀".repeat(100)).matches(Names.FORM);
        assertThat("a".repeat(101)).doesNotMatch(Names.FORM);
    }
}
