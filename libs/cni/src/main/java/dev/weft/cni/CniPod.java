package dev.weft.cni;

import org.jspecify.annotations.Nullable;

/**
 * The pod that a container is the sandbox of, as kubelet's runtime names it in {@code CNI_ARGS}.
 *
 * @param uid tells a pod from an earlier one of the same name; older runtimes do not give it
 * @param infraContainerId the sandbox container, usually the same as the container of the request
 */
public record CniPod(
        String namespace, String name, @Nullable String uid, @Nullable String infraContainerId) {

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
