package com.brokerx.portfolios.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.commons.id.Ids;
import com.brokerx.portfolios.RunningPortfolios;
import com.brokerx.portfolios.RunningPortfolios.Answer;
import com.brokerx.portfolios.SharedPortfolios;
import com.brokerx.testing.AtOnce;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(SharedPortfolios.class)
class ReservationIT {

    private final RunningPortfolios service;
    private final RunningPortfolios.Client client;
    private final UUID order = Ids.next();

    ReservationIT(RunningPortfolios service) {
        this.service = service;
        this.client = service.clientWith("100.00");
    }

    private Answer reserve(UUID orderId, String amount, String more) {
        return service.internal(
                "/internal/reserve",
                "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": \"%s\"%s}"
                        .formatted(client.id(), orderId, amount, more));
    }

    private Answer release(String more) {
        return service.internal("/internal/release", "{\"order_id\": \"%s\"%s}".formatted(order, more));
    }

    @Test
    void setsMoneyAside() {
        Answer reserved = reserve(order, "60", "");

        assertThat(reserved.status()).isEqualTo(200);
        assertThat(reserved.json().path("success").asBoolean()).isTrue();
        assertThat(reserved.json().path("order_id").asText()).isEqualTo(order.toString());
        assertThat(reserved.json().path("reserved_amount").asText()).isEqualTo("60.00");
        assertThat(reserved.json().path("new_available_balance").asText()).isEqualTo("40.00");
        assertThat(reserve(order, "60", "").json()).isEqualTo(reserved.json());
        assertThat(client.balances()).containsExactly("40.00", "60.00", "100.00");
    }

    @Test
    void saysWhatIsMissing() {
        Answer refused = reserve(order, "100.01", "");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("insufficient_funds");
        assertThat(refused.json().path("available").asText()).isEqualTo("100.00");
        assertThat(refused.json().path("missing").asText()).isEqualTo("0.01");
        Answer shares = reserve(order, "1", ", \"asset\": \"AAPL\"");
        assertThat(shares.code()).isEqualTo("insufficient_shares");
        assertThat(shares.json().path("missing").asText()).isEqualTo("1");
    }

    /** Possible before a symbol's first trade: the back office put them under another currency. */
    @Test
    void refusesToTradeSharesInACurrencyThatTheyAreNotKeptIn() {
        Answer moved = service.internal(
                "/internal/journals",
                "{\"client_id\": \"%s\", \"asset\": \"ODDCUR\", \"amount\": 5, \"currency\": \"EUR\", \"reason\": \"transfer in\"}"
                        .formatted(client.id()),
                "Idempotency-Key",
                Ids.next().toString());
        assertThat(moved.status()).as(moved.toString()).isEqualTo(201);

        Answer refused = reserve(order, "2", ", \"asset\": \"ODDCUR\", \"currency\": \"USD\"");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("currency_mismatch");
        assertThat(reserve(Ids.next(), "2", ", \"asset\": \"ODDCUR\", \"currency\": \"EUR\"")
                        .status())
                .isEqualTo(200);
        assertThat(reserve(Ids.next(), "2", ", \"asset\": \"ODDCUR\"").status())
                .as("a caller who says nothing of the currency")
                .isEqualTo(200);
        Answer bought = reserve(Ids.next(), "2", ", \"symbol\": \"ODDCUR\"");
        assertThat(bought.status()).isEqualTo(422);
        assertThat(bought.code()).isEqualTo("currency_mismatch");
        assertThat(bought.json().path("detail").asText()).contains("ODDCUR");
        assertThat(reserve(Ids.next(), "2", ", \"symbol\": \"AAPL\"").status()).isEqualTo(200);
    }

    @Test
    void movesUpAndDownWithTheVersionAndNeverBack() {
        reserve(order, "60", "");
        assertThat(reserve(order, "80", ", \"version\": 2")
                        .json()
                        .path("new_available_balance")
                        .asText())
                .isEqualTo("20.00");
        assertThat(reserve(order, "30", ", \"version\": 3")
                        .json()
                        .path("new_available_balance")
                        .asText())
                .isEqualTo("70.00");
        Answer old = reserve(order, "80", ", \"version\": 2");
        assertThat(old.status()).isEqualTo(409);
        assertThat(old.code()).isEqualTo("stale_version");
        assertThat(client.balances()).containsExactly("70.00", "30.00", "100.00");
    }

    @Test
    void releasesOnce() {
        reserve(order, "60", ", \"version\": 2");
        assertThat(release(", \"version\": 1").status()).isEqualTo(409);

        Answer released = release("");
        assertThat(released.json().path("released_amount").asText()).isEqualTo("60.00");
        assertThat(released.json().path("new_available_balance").asText()).isEqualTo("100.00");
        assertThat(release("").json()).isEqualTo(released.json());
        assertThat(reserve(order, "60", ", \"version\": 3").status()).isEqualTo(409);
        assertThat(client.balances()).containsExactly("100.00", "0.00", "100.00");
    }

    @Test
    void cannotReleaseWhatWasNeverReserved() {
        Answer answer = release("");
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("reservation_not_found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "0"     |                     | invalid_amount
                    "-1"    |                     | invalid_amount
                    "0.001" |                     | invalid_amount
                    1e28    |                     | invalid_amount
                    "1"     | , "asset": "aapl"   | invalid_asset
                    "1.5"   | , "asset": "AAPL"   | invalid_amount
                    "1"     | , "asset": "AAPL", "currency": "XXX" | invalid_currency
                    "1"     | , "symbol": "aapl"  | invalid_asset
                    "1"     | , "symbol": "EUR"   | invalid_asset
                    "1"     | , "version": 0      | validation_failed
                    "1"     | , "version": "two"  | validation_failed
                    "1"     | , "colour": "red"   | unknown_field
                    null    |                     | validation_failed
                    """)
    void refusesWhatIsNoReservation(String amount, String more, String code) {
        Answer refused = service.internal(
                "/internal/reserve",
                "{\"client_id\": \"%s\", \"order_id\": \"%s\", \"amount\": %s%s}"
                        .formatted(client.id(), order, amount, more == null ? "" : more));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(client.balances()).contains("100.00");
    }

    @Test
    void namesThePlaceInABatch() {
        Answer refused = service.internal("/internal/reservations", """
                {"reservations": [
                  {"client_id": "%1$s", "order_id": "%2$s", "amount": "1", "asset": "USD", "version": 1},
                  {"client_id": "%1$s", "order_id": "%2$s", "amount": "0", "asset": "USD", "version": 1}]}""".formatted(client.id(), order));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.json().at("/errors/0/field").asText()).isEqualTo("reservations[1].amount");
        assertThat(client.balances()).containsExactly("100.00", "0.00", "100.00");
        assertThat(service.internal("/internal/reservations", "{}").status()).isEqualTo(422);
    }

    @Test
    void doesABatchInOrder() {
        Answer answer = service.internal(
                "/internal/reservations", """
                {"reservations": [
                  {"client_id": "%1$s", "order_id": "%2$s", "amount": "70", "asset": "USD", "version": 1},
                  {"client_id": "%1$s", "order_id": "%3$s", "amount": "40", "asset": "USD", "version": 1},
                  {"client_id": "%1$s", "order_id": "%2$s", "amount": "50", "asset": "USD", "version": 2},
                  {"client_id": "%1$s", "order_id": "%3$s", "amount": "40", "asset": "USD", "version": 1},
                  {"client_id": "%1$s", "order_id": "%2$s", "amount": "99", "asset": "USD", "version": 1},
                  {"client_id": "%4$s", "order_id": "%5$s", "amount": "1", "asset": "USD", "version": 1}]}""".formatted(client.id(), order, Ids.next(), Ids.next(), Ids.next()));
        List<String> results = new ArrayList<>();
        answer.json()
                .path("results")
                .forEach(row -> results.add(row.path("result").asText()));
        assertThat(results)
                .containsExactly("reserved", "insufficient", "reserved", "reserved", "stale", "insufficient");
        assertThat(client.balances()).containsExactly("10.00", "90.00", "100.00");
    }

    @Test
    void servesSixtyFourAtOnceFromOneAccountToTheCent() {
        List<Answer> answers = AtOnce.times(64, () -> reserve(Ids.next(), "3.00", ""));

        assertThat(answers).extracting(Answer::status).containsOnly(200, 422);
        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(33);
        assertThat(client.balances()).containsExactly("1.00", "99.00", "100.00");
    }

    @Test
    void tellsOtherServicesWhatAClientHas() {
        service.journal(client.id(), "AAPL", "5");
        reserve(order, "60", "");
        reserve(Ids.next(), "2", ", \"asset\": \"AAPL\"");

        var balance = service.internal("/internal/balance/" + client.id()).json();
        assertThat(balance.path("available").asText()).isEqualTo("40.00");
        assertThat(balance.path("reserved").asText()).isEqualTo("60.00");
        assertThat(balance.path("total").asText()).isEqualTo("100.00");
        assertThat(balance.at("/positions/0").toString())
                .isEqualTo("{\"symbol\":\"AAPL\",\"quantity\":5,\"available_quantity\":3,\"reserved_quantity\":2}");
        var nobody = service.internal("/internal/balance/" + Ids.next()).json();
        assertThat(nobody.path("total").asText()).isEqualTo("0.00");
        assertThat(nobody.path("positions")).isEmpty();
    }
}
