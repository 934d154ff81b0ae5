package dev.weft.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.Objects;
import java.util.OptionalInt;

/**
 * What the control plane needs to know of a StatefulSet: which pods it will have.
 *
 * @param start the lowest ordinal
 * @param replicas how many ordinals there are
 * @param deleting whether deletion was asked for
 */
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StatefulSetView(
        String namespace, String name, String uid, int start, int replicas, boolean deleting) {

    /** The view of a StatefulSet. */
    public static StatefulSetView of(StatefulSet set) {
        var meta = set.getMetadata();
        var spec = set.getSpec();
        var ordinals = spec == null ? null : spec.getOrdinals();
        return new StatefulSetView(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                ordinals == null ? 0 : Objects.requireNonNullElse(ordinals.getStart(), 0),
                spec == null ? 1 : Objects.requireNonNullElse(spec.getReplicas(), 1),
                meta.getDeletionTimestamp() != null);
    }

    /** {@code <namespace>/<name>}, the key in feeds. */
    public String key() {
        return namespace + "/" + name;
    }

    /** Whether it has, or will have again, the pod of that ordinal. */
    public boolean has(int ordinal) {
        return !deleting && ordinal >= start && ordinal - start < replicas;
    }

    /**
     * The ordinal in the name of a pod of a StatefulSet; empty when the name is not of that form.
     */
    public static OptionalInt ordinal(String set, String pod) {
        if (!pod.startsWith(set + "-")) {
            return OptionalInt.empty();
        }
        var digits = pod.substring(set.length() + 1);
        return digits.matches("0|[1-9][0-9]{0,8}")
                ? OptionalInt.of(Integer.parseInt(digits))
                : OptionalInt.empty();
    }
}
