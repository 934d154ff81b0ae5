package dev.weft.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real Artemis that can be killed and started again. */
final class BrokerProcess implements AutoCloseable {
    private final int port;
    private final Path folder;
    private Process process;

    BrokerProcess() throws IOException {
        port = Processes.freePort();
        folder = Files.createTempDirectory("bus-broker");
        start();
    }

    int port() {
        return port;
    }

    void start() throws IOException {
        var log = folder.resolve("log");
        process =
                Processes.start(
                        log,
                        List.of(
                                System.getProperty("java.home") + "/bin/java",
                                "-Xmx256m",
                                "-cp",
                                classPath(),
                                BrokerMain.class.getName(),
                                Integer.toString(port),
                                folder.toString()));
        Processes.awaitPort(port, process, log);
    }

    void kill() {
        Processes.kill(process);
    }

    @Override
    public void close() {
        kill();
    }

    private static String classPath() {
        return System.getProperty(
                "surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
