package dev.weft.ipam.feed;

import dev.weft.bus.FeedView;
import dev.weft.kube.Annotations;
import dev.weft.kube.PodView;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which pods have the address of a Vip as their own, by its name. */
final class VipUsers {

    private static final String VIP = Annotations.of(Annotations.VIP);

    private final Map<String, Set<String>> users = new ConcurrentHashMap<>();

    VipUsers(FeedView<PodView> pods) {
        pods.onChange(
                change -> {
                    index(change.before(), false);
                    index(change.after(), true);
                });
    }

    int of(String vip) {
        return users.getOrDefault(vip, Set.of()).size();
    }

    /** The Vip that a pod has as its own, null for none. */
    static @Nullable String vipOf(@Nullable PodView pod) {
        return pod == null || pod.isFinished() ? null : pod.annotations().get(VIP);
    }

    private void index(@Nullable PodView pod, boolean there) {
        var vip = vipOf(pod);
        if (pod == null || vip == null) {
            return;
        }
        users.compute(
                vip,
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
