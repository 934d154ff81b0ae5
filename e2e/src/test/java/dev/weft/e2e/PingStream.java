package dev.weft.e2e;

import dev.weft.lab.LabPod;
import dev.weft.lab.host.ProcFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Echo requests every 10 ms from one pod to another until it is stopped. */
final class PingStream implements AutoCloseable {
    private static final Pattern COUNTS =
            Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    private final Process ping;
    private final CompletableFuture<String> output;

    private PingStream(Process ping) {
        this.ping = ping;
        this.output =
                CompletableFuture.supplyAsync(
                        () -> {
                            try {
                                return new String(
                                        ping.getInputStream().readAllBytes(),
                                        java.nio.charset.StandardCharsets.UTF_8);
                            } catch (IOException e) {
                                throw new UncheckedIOException(e);
                            }
                        });
    }

    static PingStream start(LabPod from, String address) {
        try {
            // -W 1: a reply that takes longer than a second counts as lost
            List<String> argv =
                    from.netns()
                            .enter(List.of("ping", "-n", "-q", "-i", "0.01", "-W", "1", address));
            return new PingStream(new ProcessBuilder(argv).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops, and tells what was sent and how much was lost. */
    Count stop() {
        // SIGINT: ping says what it counted; the last request's reply may be on its way still
        ProcFs.signal(ping.pid(), "INT");
        Matcher counts = COUNTS.matcher(output.join());
        if (!counts.find()) {
            throw new IllegalStateException("ping said: " + output.join());
        }
        int sent = Integer.parseInt(counts.group(1));
        return new Count(sent, Math.max(0, sent - Integer.parseInt(counts.group(2)) - 1));
    }

    @Override
    public void close() {
        ping.destroyForcibly();
    }

    /** What came of a stream; the very last request does not count as lost. */
    record Count(int sent, int lost) {}
}
