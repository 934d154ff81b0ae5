package dev.weft.e2e;

import dev.weft.lab.LabPod;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.Poll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A stream of random bytes from pod to pod, whose content is compared. */
final class TcpStream {
    private static final String PORT = "7001";
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private TcpStream() {}

    /** Whether the receiver got what was sent. */
    static boolean send(LabPod from, LabPod to, String address, int bytes, Path folder) {
        Path sent = folder.resolve("sent");
        Path received = folder.resolve("received");
        try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
            byte[] content = new byte[bytes];
            new Random(bytes).nextBytes(content);
            Files.write(sent, content);
            Files.deleteIfExists(received);
            CompletableFuture<Command.Result> receiver =
                    CompletableFuture.supplyAsync(
                            () ->
                                    to.exec(
                                                    "sh",
                                                    "-c",
                                                    "exec timeout 60 ncat --recv-only -l "
                                                            + address
                                                            + " "
                                                            + PORT
                                                            + " > "
                                                            + received)
                                            .within(LIMIT)
                                            .run(),
                            thread);
            Poll.until(
                    "listener in " + to,
                    LIMIT,
                    () ->
                            to.exec("ss", "-Hltn", "sport", "=", ":" + PORT)
                                    .output()
                                    .contains("LISTEN"));
            from.exec(
                            "sh",
                            "-c",
                            "exec timeout 60 ncat --send-only "
                                    + address
                                    + " "
                                    + PORT
                                    + " < "
                                    + sent)
                    .within(LIMIT)
                    .output();
            receiver.join();
            return Files.mismatch(sent, received) == -1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
