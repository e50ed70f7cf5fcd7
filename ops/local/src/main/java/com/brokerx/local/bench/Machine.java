package com.brokerx.local.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.HdrHistogram.Histogram;

/**
 * What a figure depends on besides the program.
 *
 * @param fsyncMicros median time to force one page to the disk: the price of a commit
 */
record Machine(int cores, double memoryGiB, String processor, String java, double fsyncMicros) {

    private static final int SYNCS = 200;

    /** @param folder on the disk that carries the databases */
    static Machine look(Path folder) throws IOException {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return new Machine(
                system.getAvailableProcessors(),
                system.getTotalMemorySize() / (double) (1L << 30),
                system.getArch() + processorModel(),
                System.getProperty("java.vm.vendor") + " " + Runtime.version().feature(),
                fsyncMicros(folder));
    }

    private static String processorModel() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "";
        }
        return Files.readAllLines(info).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> ", " + line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse("");
    }

    private static double fsyncMicros(Path folder) throws IOException {
        Histogram times = new Histogram(3);
        Path file = folder.resolve("fsync.probe");
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            for (int i = 0; i < SYNCS; i++) {
                channel.write(ByteBuffer.allocate(8192), 0);
                long started = System.nanoTime();
                channel.force(false);
                times.recordValue(System.nanoTime() - started);
            }
        }
        Files.delete(file);
        return times.getValueAtPercentile(50) / 1e3;
    }
}
