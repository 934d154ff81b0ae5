package dev.weft.lab.runner;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The sandboxes there are, each in a file of its own, written before anything is made and deleted
 * after all is gone: a runner that was killed finds everything again.
 */
final class Sandboxes {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Map<String, Sandbox> byUid = new ConcurrentHashMap<>();

    Sandboxes(Path folder) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".json")).forEach(this::load);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Optional<Sandbox> of(PodKey pod) {
        return Optional.ofNullable(byUid.get(pod.uid()));
    }

    List<Sandbox> all() {
        return List.copyOf(byUid.values());
    }

    void put(Sandbox sandbox) {
        try {
            Path work = folder.resolve(sandbox.uid() + ".new");
            JSON.writeValue(work.toFile(), sandbox);
            Files.move(work, file(sandbox.uid()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byUid.put(sandbox.uid(), sandbox);
    }

    void remove(Sandbox sandbox) {
        try {
            Files.deleteIfExists(file(sandbox.uid()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        byUid.remove(sandbox.uid());
    }

    private void load(Path file) {
        try {
            Sandbox sandbox = JSON.readValue(file.toFile(), Sandbox.class);
            byUid.put(sandbox.uid(), sandbox);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String uid) {
        return folder.resolve(uid + ".json");
    }
}
