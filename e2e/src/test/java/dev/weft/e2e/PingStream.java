package dev.weft.e2e;

import dev.weft.lab.LabPod;
import dev.weft.lab.host.ProcFs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Echo requests every 10 ms from one pod to another until it is stopped. */
final class PingStream implements AutoCloseable {
    private static final Pattern REPLY = Pattern.compile("bytes from .* icmp_seq=(\\d+) ");
    private static final Pattern SENT = Pattern.compile("(\\d+) packets transmitted");
    private static final int SEQUENCE_NUMBERS = 1 << 16;

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
            List<String> argv = from.netns().enter(List.of("ping", "-n", "-i", "0.01", address));
            return new PingStream(new ProcessBuilder(argv).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops, and tells what was sent and what was lost. */
    Count stop() {
        // SIGINT: ping says what it counted
        ProcFs.signal(ping.pid(), "INT");
        String said = output.join();
        Matcher sent = SENT.matcher(said);
        if (!sent.find()) {
            throw new IllegalStateException("ping said: " + said);
        }
        BitSet answered = new BitSet();
        Matcher replies = REPLY.matcher(said);
        int last = 0;
        while (replies.find()) {
            int number = Integer.parseInt(replies.group(1));
            // the counter has 16 bits
            while (number < last - SEQUENCE_NUMBERS / 2) {
                number += SEQUENCE_NUMBERS;
            }
            answered.set(number);
            last = Math.max(last, number);
        }
        return new Count(Integer.parseInt(sent.group(1)), last, last - answered.cardinality());
    }

    @Override
    public void close() {
        ping.destroyForcibly();
    }

    /**
     * What came of a stream.
     *
     * @param sent requests
     * @param lastAnswered the number of the last request that was answered; those behind it were on
     *     their way when it was stopped
     * @param lost requests before that one that were never answered
     */
    record Count(int sent, int lastAnswered, int lost) {}
}
