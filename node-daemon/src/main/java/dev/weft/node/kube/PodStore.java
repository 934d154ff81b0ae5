package dev.weft.node.kube;

import dev.weft.kube.PodView;
import dev.weft.node.util.EventGate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The pods of this node, as last told by the API server; whoever waits at the {@link #gate()} hears
 * of every change.
 */
public final class PodStore {
    private final Map<String, PodView> pods = new ConcurrentHashMap<>();
    private final EventGate<String> gate = new EventGate<>();

    void put(PodView pod) {
        pods.put(pod.key(), pod);
        gate.signal(pod.key());
    }

    void remove(String key) {
        pods.remove(key);
        gate.signal(key);
    }

    /** The pod {@code <namespace>/<name>}. */
    public Optional<PodView> get(String key) {
        return Optional.ofNullable(pods.get(key));
    }

    /** Signalled with a pod's key. */
    public EventGate<String> gate() {
        return gate;
    }

    public int size() {
        return pods.size();
    }
}
