package dev.weft.relay.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Feeds;
import dev.weft.relay.feed.FeedStore;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.NamespaceListBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListWatchTest {
    private final List<FeedMessage> sent = new CopyOnWriteArrayList<>();
    private final FeedStore store = new FeedStore(Feeds.NAMESPACE, new UUID(0, 1), sent::add);
    private final FakeServer server = new FakeServer();
    private ListWatch<Namespace> watch;

    @AfterEach
    void stop() {
        if (watch != null) watch.close();
    }

    @Test
    void listsAllPagesAndWatchesFromTheirVersion() {
        for (int i = 0; i < 7; i++) server.set("ns-" + i, "x");
        start();
        awaitWatches(1);
        assertThat(sent).hasSize(7);
        assertThat(server.pages).isEqualTo(3);
        assertThat(server.watchedFrom).containsExactly("7");

        server.event(Watcher.Action.ADDED, "ns-new", "y");
        server.event(Watcher.Action.MODIFIED, "ns-0", "z");
        server.event(Watcher.Action.DELETED, "ns-1", "x");
        assertThat(sent.subList(7, 10))
                .extracting(message -> message.type() + " " + message.key())
                .containsExactly("UPSERT ns-new", "UPSERT ns-0", "DELETE ns-1");
    }

    @Test
    void watchesOnFromTheLastVersionWhenTheWatchBreaks() {
        start();
        awaitWatches(1);
        server.event(Watcher.Action.ADDED, "a", "x");
        server.event(Watcher.Action.BOOKMARK, "bookmark", "");
        server.watcher.onClose(new WatcherException("cut"));
        awaitWatches(2);
        assertThat(server.watchedFrom).containsExactly("0", "2");
        assertThat(watch.status().lists()).isEqualTo(1);
    }

    @Test
    void tellsOnlyTheDifferencesOfANewListWhenItsVersionIsGone() {
        server.set("stays", "x");
        server.set("goes", "x");
        server.set("changes", "x");
        start();
        awaitWatches(1);
        sent.clear();

        server.objects.remove("goes");
        server.set("changes", "y");
        server.watcher.onClose(gone());
        awaitWatches(2);

        assertThat(sent)
                .extracting(message -> message.type() + " " + message.key())
                .containsExactlyInAnyOrder("UPSERT changes", "DELETE goes");
    }

    @Test
    void waitsForAKindThatIsNotInstalledAndForAServerThatIsAway() {
        server.failures.add(new KubernetesClientException("not found", 404, null));
        server.failures.add(new KubernetesClientException("connection refused"));
        server.failures.add(new KubernetesClientException("not found", 404, null));
        start();
        awaitWatches(1);
        assertThat(watch.status().listed()).isTrue();
    }

    @Test
    void forgetsNothingWhenTheServerDoesNotKnowTheKindAnyMore() {
        server.set("a", "x");
        start();
        awaitWatches(1);
        server.failures.add(new KubernetesClientException("not found", 404, null));
        server.watcher.onClose(gone());
        awaitWatches(2);
        assertThat(sent).hasSize(1);
    }

    @Test
    void listsAgainWhenWatchesFailTimeAndAgain() {
        server.brokenWatches = 3;
        start();
        await().until(() -> watch.status().lists() == 2);
        awaitWatches(1);
    }

    @Test
    void leavesOutWhatItCannotReadAndGoesOn() {
        server.set("bad", "unreadable");
        server.set("good", "x");
        start();
        awaitWatches(1);
        assertThat(sent).extracting(FeedMessage::key).containsExactly("good");
        assertThat(watch.status().untrimmable()).isEqualTo(1);
    }

    private void start() {
        var kind =
                new Kind<Namespace>(
                        Feeds.NAMESPACE,
                        _ -> server,
                        namespace -> {
                            var label = namespace.getMetadata().getLabels().get("l");
                            if (label.equals("unreadable"))
                                throw new IllegalStateException("on purpose");
                            return TextNode.valueOf(label);
                        });
        watch = ListWatch.start(kind, server, store, 3, () -> {});
    }

    private void awaitWatches(int count) {
        await().until(() -> server.watchedFrom.size() == count);
    }

    private static WatcherException gone() {
        return new WatcherException(
                "gone", new KubernetesClientException("too old resource version", 410, null));
    }

    /** An API server that pages by offset. */
    private static final class FakeServer implements Access<Namespace> {
        final TreeMap<String, Namespace> objects = new TreeMap<>();
        final List<KubernetesClientException> failures = new CopyOnWriteArrayList<>();
        final List<String> watchedFrom = new CopyOnWriteArrayList<>();
        volatile Watcher<Namespace> watcher;
        volatile int brokenWatches;
        volatile int pages;
        long version;

        void set(String name, String label) {
            version++;
            objects.put(name, namespace(name, label));
        }

        void event(Watcher.Action action, String name, String label) {
            version++;
            watcher.eventReceived(action, namespace(name, label));
        }

        @Override
        public KubernetesResourceList<Namespace> list(ListOptions options) {
            if (!failures.isEmpty()) throw failures.removeFirst();
            pages++;
            var from = options.getContinue() == null ? 0 : Integer.parseInt(options.getContinue());
            var to = Math.min(from + options.getLimit().intValue(), objects.size());
            return new NamespaceListBuilder()
                    .withNewMetadata()
                    .withResourceVersion(Long.toString(version))
                    .withContinue(to < objects.size() ? Integer.toString(to) : "")
                    .endMetadata()
                    .withItems(new ArrayList<>(objects.values()).subList(from, to))
                    .build();
        }

        @Override
        public Watch watch(ListOptions options, Watcher<Namespace> next) {
            if (brokenWatches > 0) {
                brokenWatches--;
                throw new KubernetesClientException("no watch");
            }
            watcher = next;
            watchedFrom.add(options.getResourceVersion());
            return () -> {};
        }

        private Namespace namespace(String name, String label) {
            return new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(name)
                    .addToLabels("l", label)
                    .withResourceVersion(Long.toString(version))
                    .endMetadata()
                    .build();
        }
    }
}
