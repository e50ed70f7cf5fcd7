package com.brokerx.commons.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.brokerx.testing.OwnedDatabase;
import io.dropwizard.db.DataSourceFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DatabaseTest {

    private static final int PROCESSES = 4;

    /** As the services and the monolith do where everything is started at once; none of them may fail. */
    @Test
    void severalProcessesBringOneEmptyDatabaseUpToDateAtOnce() throws Exception {
        OwnedDatabase owned = OwnedDatabase.of("crowd");
        DataSourceFactory settings = owned.database().settings();
        settings.setUrl(owned.url() + "?currentSchema=crowd");
        settings.setUser(owned.service());
        // Less than the last one waits for its turn, which is no wait for a row.
        settings.setProperties(Map.of("options", "-c lock_timeout=100ms"));
        DatabaseOwner owner = new DatabaseOwner(owned.owner(), "");
        CyclicBarrier ready = new CyclicBarrier(PROCESSES);

        List<Future<?>> starts = new ArrayList<>();
        try (ExecutorService processes = Executors.newFixedThreadPool(PROCESSES)) {
            for (int process = 0; process < PROCESSES; process++) {
                starts.add(processes.submit(() -> {
                    ready.await();
                    Database.migrate(owner.of(settings), "commons-test/migrations.xml");
                    owner.grantUse(settings);
                    return null;
                }));
            }
        }

        for (Future<?> start : starts) {
            start.get();
        }
        long rows = Database.openOnce(settings).withHandle(handle -> handle.createQuery("SELECT count(*) FROM effects")
                .mapTo(Long.class)
                .one());
        assertThat(rows).isZero();
    }
}
