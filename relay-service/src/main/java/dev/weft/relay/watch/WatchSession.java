package dev.weft.relay.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** One watch from its first event to its end; keeps the version to go on from. */
final class WatchSession<T extends HasMetadata> implements Watcher<T> {
    private final BiConsumer<Action, T> events;
    private final CompletableFuture<End> end = new CompletableFuture<>();
    private volatile String version;
    private volatile boolean progressed;

    /** Why a watch ended. */
    enum End {
        /** The version is too old for the API server: list again. */
        GONE,
        /** Watch on from the last version. */
        BROKEN
    }

    WatchSession(String version, BiConsumer<Action, T> events) {
        this.version = version;
        this.events = events;
    }

    @Override
    public void eventReceived(Action action, T object) {
        if (end.isDone()) return;
        switch (action) {
            case ADDED, MODIFIED, DELETED -> events.accept(action, object);
            case BOOKMARK -> {}
            case ERROR -> {
                end.complete(End.GONE);
                return;
            }
        }
        version = object.getMetadata().getResourceVersion();
        progressed = true;
    }

    @Override
    public void onClose() {
        end.complete(End.BROKEN);
    }

    @Override
    public void onClose(WatcherException cause) {
        end.complete(cause.isHttpGone() ? End.GONE : End.BROKEN);
    }

    End awaitEnd() throws InterruptedException {
        try {
            return end.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    String version() {
        return version;
    }

    /** Whether anything came, so that the API server can be taken for healthy. */
    boolean progressed() {
        return progressed;
    }
}
