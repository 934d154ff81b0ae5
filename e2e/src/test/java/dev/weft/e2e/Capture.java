package dev.weft.e2e;

import dev.weft.lab.LabPod;
import dev.weft.lab.host.Poll;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What tcpdump sees on a pod's interface, link-layer addresses included. */
final class Capture implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Process tcpdump;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final List<String> said = new CopyOnWriteArrayList<>();

    private Capture(Process tcpdump) {
        this.tcpdump = tcpdump;
        read(tcpdump.inputReader(), lines);
        read(tcpdump.errorReader(), said);
    }

    /** Returns when packets are being captured. */
    static Capture start(LabPod pod, String filter) {
        try {
            Capture capture =
                    new Capture(
                            new ProcessBuilder(
                                            pod.netns()
                                                    .enter(
                                                            List.of(
                                                                    "tcpdump",
                                                                    "-n",
                                                                    "-e",
                                                                    "-l",
                                                                    "--immediate-mode",
                                                                    "-i",
                                                                    "eth0",
                                                                    filter)))
                                    .start());
            Poll.until(
                    "tcpdump in " + pod,
                    LIMIT,
                    () -> capture.said.stream().anyMatch(line -> line.contains("listening on")));
            return capture;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first line that holds the text, once it is there. */
    String awaitLine(String text) {
        Poll.until(
                () -> "a packet with '" + text + "' among " + lines,
                LIMIT,
                () -> lines.stream().anyMatch(line -> line.contains(text)));
        return lines.stream().filter(line -> line.contains(text)).findFirst().orElseThrow();
    }

    /** What was seen so far. */
    List<String> lines() {
        return List.copyOf(lines);
    }

    @Override
    public void close() {
        tcpdump.destroy();
    }

    private static void read(BufferedReader from, List<String> into) {
        Thread.ofVirtual()
                .start(
                        () -> {
                            try {
                                from.lines().forEach(into::add);
                            } catch (UncheckedIOException _) {
                                // tcpdump was stopped
                            }
                        });
    }
}
