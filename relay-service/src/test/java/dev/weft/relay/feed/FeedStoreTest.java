package dev.weft.relay.feed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weft.bus.FeedMessage;
import dev.weft.bus.Feeds;
import dev.weft.bus.Json;
import dev.weft.kube.PodView;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FeedStoreTest {
    private static final UUID EPOCH = new UUID(0, 1);

    private final List<FeedMessage> sent = new ArrayList<>();
    private final FeedStore store = new FeedStore(Feeds.POD, EPOCH, sent::add);

    @Test
    void numbersEveryChange() {
        store.put("a", object("1", "x"));
        store.put("a", object("2", "y"));
        store.remove("a");
        assertThat(sent)
                .containsExactly(
                        FeedMessage.upsert(Feeds.POD, EPOCH, 1, "a", object("1", "x")),
                        FeedMessage.upsert(Feeds.POD, EPOCH, 2, "a", object("2", "y")),
                        FeedMessage.delete(Feeds.POD, EPOCH, 3, "a"));
    }

    @Test
    void keepsSilentWhenOnlyTheVersionChanged() {
        store.put("a", object("1", "x"));
        store.put("a", object("2", "x"));
        store.remove("b");
        assertThat(sent).hasSize(1);
        assertThat(store.status().position()).isEqualTo(1);
    }

    @Test
    void aCompleteListRemovesWhatItDoesNotContain() {
        store.put("a", object("1", "x"));
        store.put("b", object("1", "x"));
        store.retainAll(Set.of("b", "c"));
        assertThat(sent.getLast()).isEqualTo(FeedMessage.delete(Feeds.POD, EPOCH, 3, "a"));
        assertThat(store.status().objects()).isEqualTo(1);
    }

    @Test
    void aSnapshotIsWhatTheMessagesUpToItsPositionSay() {
        var random = new Random(9);
        var told = new HashMap<String, JsonNode>();
        for (int i = 0; i < 500; i++) {
            var key = "k" + random.nextInt(20);
            if (random.nextInt(3) == 0) store.remove(key);
            else store.put(key, object(Integer.toString(i), "v" + random.nextInt(3)));
        }
        sent.forEach(
                message -> {
                    if (message.object() == null) told.remove(message.key());
                    else told.put(message.key(), message.object());
                });
        var snapshot = store.snapshot();
        assertThat(snapshot.header().position()).isEqualTo(sent.size());
        assertThat(asMap(snapshot)).isEqualTo(told);
    }

    @Test
    void holdsTenThousandPodsInLessThan64MiB() {
        var before = usedHeap();
        var big = new FeedStore(Feeds.POD, EPOCH, _ -> {});
        for (int i = 0; i < 10_000; i++) {
            var view = pod(i);
            big.put(view.key(), Json.mapper().valueToTree(view));
        }
        var used = usedHeap() - before;
        assertThat(big.status().objects()).isEqualTo(10_000);
        System.out.printf("10,000 pods: %.1f MiB%n", used / 1048576.0);
        assertThat(used).isLessThan(64L << 20);
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** A pod as a Deployment makes them: a dozen labels and annotations, status with addresses. */
    private static PodView pod(int i) {
        var labels = new HashMap<String, String>();
        for (int l = 0; l < 12; l++)
            labels.put("app.kubernetes.io/label-" + l, "value-" + l + "-of-" + i % 50);
        return PodView.of(
                new PodBuilder()
                        .withNewMetadata()
                        .withNamespace("namespace-" + i % 100)
                        .withName("some-deployment-7c5ddbdf54-" + i)
                        .withUid(new UUID(i, i).toString())
                        .withResourceVersion(Integer.toString(i))
                        .withLabels(labels)
                        .addToAnnotations(
                                "ovn.kubernetes.io/ip_address", "10.16." + i / 250 + "." + i % 250)
                        .addToAnnotations("ovn.kubernetes.io/mac_address", "0a:00:00:00:00:01")
                        .addToAnnotations("ovn.kubernetes.io/logical_switch", "ovn-default")
                        .addToAnnotations("ovn.kubernetes.io/allocated", "true")
                        .endMetadata()
                        .withNewSpec()
                        .withNodeName("node-" + i % 200)
                        .endSpec()
                        .withNewStatus()
                        .withPhase("Running")
                        .addNewPodIP("10.16.0.1")
                        .endStatus()
                        .build());
    }

    private static Map<String, JsonNode> asMap(FeedStore.Snapshot snapshot) {
        var map = new HashMap<String, JsonNode>();
        snapshot.objects()
                .forEach(
                        entry -> {
                            try {
                                map.put(entry.getKey(), Json.mapper().readTree(entry.getValue()));
                            } catch (java.io.IOException e) {
                                throw new java.io.UncheckedIOException(e);
                            }
                        });
        return map;
    }

    private static JsonNode object(String version, String value) {
        return Json.mapper().createObjectNode().put("value", value).put("resourceVersion", version);
    }
}
