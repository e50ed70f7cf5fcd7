package com.brokerx.local.bench;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all clients have together. Whatever they trade among themselves, it must stay as it was; no fee is taken in development.
 *
 * @param assets cash and shares by asset
 * @param reserved what open orders hold, by asset, without zeroes
 */
record Books(Map<String, BigDecimal> assets, Map<String, BigDecimal> reserved) {

    /** @param totals as portfolios gives them */
    static Books of(JsonNode totals) {
        Map<String, BigDecimal> assets = new TreeMap<>();
        Map<String, BigDecimal> reserved = new TreeMap<>();
        for (JsonNode asset : totals.path("assets")) {
            String code = asset.path("asset").asText();
            BigDecimal held = new BigDecimal(asset.path("held").asText());
            assets.put(code, held.add(new BigDecimal(asset.path("available").asText())));
            if (held.signum() != 0) {
                reserved.put(code, held);
            }
        }
        return new Books(assets, reserved);
    }
}
