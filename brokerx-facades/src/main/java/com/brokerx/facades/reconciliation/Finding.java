package com.brokerx.facades.reconciliation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What one check came to.
 *
 * @param check its name
 * @param differences how many there are, a thousand at most; zero is right
 * @param examples the first of them, in words
 */
public record Finding(String check, long differences, List<String> examples) {

    private static final int EXAMPLES = 10;

    public static Finding of(String check, List<String> differences) {
        return new Finding(
                check, differences.size(), differences.stream().limit(EXAMPLES).toList());
    }

    @JsonIgnore
    public boolean isRight() {
        return differences == 0;
    }
}
