package dev.weft.ipam.feed;

import dev.weft.bus.FeedView;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.kube.PodView;
import dev.weft.kube.VmView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Under which name pods hold their addresses: their own, or that of the virtual machine that they
 * launch, of which there are two while it migrates.
 */
public final class Holders {

    private final FeedView<PodView> pods;
    private final boolean keepsMachineAddresses;

    /** Machine → keys of its launcher pods. */
    private final Map<OwnerKey, Set<String>> launchers = new ConcurrentHashMap<>();

    Holders(FeedView<PodView> pods, boolean keepsMachineAddresses) {
        this.pods = pods;
        this.keepsMachineAddresses = keepsMachineAddresses;
        pods.onChange(this::changed);
    }

    /** Who holds the addresses of a pod. */
    public OwnerKey of(PodView pod) {
        return isLauncher(pod)
                ? OwnerKey.pod(pod.namespace() + "/" + pod.ownerName())
                : OwnerKey.pod(pod.key());
    }

    /** The pods of that name. */
    public List<PodView> pods(OwnerKey owner) {
        var found = new ArrayList<PodView>();
        pods.get(owner.key()).filter(pod -> of(pod).equals(owner)).ifPresent(found::add);
        for (var key : launchers.getOrDefault(owner, Set.of())) {
            pods.get(key).filter(pod -> of(pod).equals(owner)).ifPresent(found::add);
        }
        return found;
    }

    private boolean isLauncher(PodView pod) {
        return keepsMachineAddresses
                && VmView.INSTANCE.equals(pod.ownerKind())
                && pod.ownerName() != null;
    }

    private void changed(FeedView.Change<PodView> change) {
        index(change.before(), false);
        index(change.after(), true);
    }

    private void index(@Nullable PodView pod, boolean there) {
        if (pod == null || !isLauncher(pod) || pod.key().equals(of(pod).key())) {
            return;
        }
        launchers.compute(
                of(pod),
                (_, keys) -> {
                    var all = keys == null ? ConcurrentHashMap.<String>newKeySet() : keys;
                    if (there) {
                        all.add(pod.key());
                    } else {
                        all.remove(pod.key());
                    }
                    return all.isEmpty() ? null : all;
                });
    }
}
