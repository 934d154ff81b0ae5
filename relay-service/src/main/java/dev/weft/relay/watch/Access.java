package dev.weft.relay.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;

/** How the objects of one kind are listed and watched, in all namespaces. */
interface Access<T extends HasMetadata> {

    /** One page, blocking. */
    KubernetesResourceList<T> list(ListOptions options);

    /** Begins a watch; blocks until the API server has accepted it. */
    Watch watch(ListOptions options, Watcher<T> watcher);

    /** By the client. */
    static <T extends HasMetadata, L extends KubernetesResourceList<T>> Access<T> of(
            AnyNamespaceOperation<T, L, ?> operation) {
        return new Access<>() {
            @Override
            public KubernetesResourceList<T> list(ListOptions options) {
                return operation.list(options);
            }

            @Override
            public Watch watch(ListOptions options, Watcher<T> watcher) {
                return operation.watch(options, watcher);
            }
        };
    }
}
