package com.brokerx.commons.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ListenersTest {

    @Test
    void oneThatFailsKeepsNobodyFromHearing() {
        List<String> heard = new ArrayList<>();
        Listeners<Consumer<String>> listeners = new Listeners<>();
        listeners.add(text -> {
            throw new IllegalStateException(text);
        });
        listeners.add(heard::add);

        listeners.tell(listener -> listener.accept("news"));

        assertThat(heard).containsExactly("news");
    }
}
