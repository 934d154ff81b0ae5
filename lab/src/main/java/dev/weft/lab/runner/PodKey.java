package dev.weft.lab.runner;

import io.fabric8.kubernetes.api.model.Pod;

/** A pod, told from later pods of the same name by its uid. */
record PodKey(String namespace, String name, String uid) {
    static PodKey of(Pod pod) {
        return new PodKey(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
