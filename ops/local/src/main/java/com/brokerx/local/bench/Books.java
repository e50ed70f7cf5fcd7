package com.brokerx.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What all clients of the load have together. Whatever they trade among themselves, it must stay as it was; no fee is taken in
 * development.
 *
 * @param assets cash and shares by asset
 * @param reserved what open orders hold, by asset, without zeroes
 */
record Books(Map<String, BigDecimal> assets, Map<String, BigDecimal> reserved) {

    static Books of(List<Account> accounts, Services services) throws IOException, InterruptedException {
        Map<String, BigDecimal> assets = new HashMap<>();
        Map<String, BigDecimal> reserved = new HashMap<>();
        for (Account account : accounts) {
            JsonNode balance = services.balance(account.id());
            add(assets, "cash", balance.path("total"));
            add(reserved, "cash", balance.path("reserved"));
            for (JsonNode position : balance.path("positions")) {
                add(assets, position.path("symbol").asText(), position.path("quantity"));
                add(reserved, position.path("symbol").asText(), position.path("reserved_quantity"));
            }
        }
        reserved.values().removeIf(amount -> amount.signum() == 0);
        return new Books(assets, reserved);
    }

    private static void add(Map<String, BigDecimal> sums, String asset, JsonNode amount) {
        sums.merge(asset, new BigDecimal(amount.asText()), BigDecimal::add);
    }

    /** True when not a cent and not a share was made or lost since {@code before}. */
    boolean hasSameAssetsAs(Books before) {
        return assets.keySet().equals(before.assets.keySet())
                && assets.entrySet().stream()
                        .allMatch(asset -> asset.getValue().compareTo(before.assets.get(asset.getKey())) == 0);
    }
}
