package dev.weft.lab.runner;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** Where the worker reads a pod's object. */
@FunctionalInterface
interface PodSource {
    /** The object as it is now; nothing when it is gone or another pod has its name. */
    Optional<Pod> find(PodKey key);
}
