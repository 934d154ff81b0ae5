package dev.weft.relay.watch;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.KubernetesResourceList;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.dsl.AnyNamespaceOperation;

/** How the objects of one kind are listed and watched, in all namespaces. */
interface Access<T extends HasMetadata> {

    /** One page, blocking. */
    KubernetesResourceList<T> list(ListOptions options);

    /** Begins a watch; blocks until the API server has accepted it. */
    Watch watch(ListOptions options, Watcher<T> watcher);

    /**
     * Whether the API server may know the kind. False only when it is certain that the kind is not
     * installed.
     */
    default boolean mayBeInstalled() {
        return true;
    }

    /** By the client, for a kind of others that a cluster may lack. */
    static <T extends HasMetadata> Access<T> optional(
            Access<T> access, KubernetesClient client, String definition) {
        return new Access<>() {
            @Override
            public KubernetesResourceList<T> list(ListOptions options) {
                return access.list(options);
            }

            @Override
            public Watch watch(ListOptions options, Watcher<T> watcher) {
                return access.watch(options, watcher);
            }

            /**
             * A server that has just started does not serve a custom kind for a moment, but it has
             * its definition.
             */
            @Override
            public boolean mayBeInstalled() {
                return client.apiextensions()
                                .v1()
                                .customResourceDefinitions()
                                .withName(definition)
                                .get()
                        != null;
            }
        };
    }

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
