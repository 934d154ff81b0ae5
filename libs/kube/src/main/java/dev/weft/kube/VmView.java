package dev.weft.kube;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import org.jspecify.annotations.Nullable;

/**
 * What the control plane needs to know of a KubeVirt VirtualMachine or VirtualMachineInstance.
 *
 * @param nodeName the node on which the instance runs, the target once a migration has succeeded;
 *     null for a VirtualMachine
 */
@JsonInclude(Include.NON_EMPTY)
@JsonIgnoreProperties(ignoreUnknown = true)
public record VmView(
        String namespace, String name, String uid, @Nullable String nodeName, boolean deleting) {

    /** The kind of an instance. */
    public static final String INSTANCE = "VirtualMachineInstance";

    /** Annotation of the pod that is the target of a live migration. */
    public static final String MIGRATION_JOB = "kubevirt.io/migrationJobName";

    /** The view of a VirtualMachine or of its instance. */
    public static VmView of(GenericKubernetesResource object) {
        var meta = object.getMetadata();
        var node = object.<Object>get("status", "nodeName");
        return new VmView(
                meta.getNamespace(),
                meta.getName(),
                meta.getUid(),
                node instanceof String text && !text.isEmpty() ? text : null,
                meta.getDeletionTimestamp() != null);
    }

    /** {@code <namespace>/<name>}, the key in feeds. */
    public String key() {
        return namespace + "/" + name;
    }
}
