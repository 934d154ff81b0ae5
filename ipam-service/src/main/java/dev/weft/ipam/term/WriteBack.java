package dev.weft.ipam.term;

import dev.weft.bus.LoopOptions;
import dev.weft.bus.ReconcileLoop;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.ClusterFacts;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.kube.IpPoolWriter;
import dev.weft.ipam.kube.IpWriter;
import dev.weft.ipam.kube.NamespaceWriter;
import dev.weft.ipam.kube.OwnerWriter;
import dev.weft.ipam.kube.SubnetWriter;
import dev.weft.ipam.kube.VipWriter;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.ipam.lease.OwnerKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * What is written to Kubernetes, each kind in a queue of its own: owners wait for their
 * annotations, so those go first.
 */
final class WriteBack implements AutoCloseable {

    private final LeaseBook book;
    private final ReconcileLoop<OwnerKey> owners;
    private final ReconcileLoop<String> ips;
    private final ReconcileLoop<String> subnets;
    private final ReconcileLoop<String> pools;
    private final ReconcileLoop<String> namespaces;

    WriteBack(
            KubernetesClient client,
            Views views,
            ClusterFacts facts,
            LeaseBook book,
            Clock clock,
            MeterRegistry meters) {
        this.book = book;
        var pods = new OwnerWriter(client, facts, book);
        var vips = new VipWriter(client, views.vips()::get, book, clock);
        owners =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.owner").withParallelism(32).withMetrics(meters),
                        owner ->
                                owner.kind() == Kind.VIP
                                        ? vips.reconcile(owner)
                                        : pods.reconcile(owner));
        ips =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.ip").withParallelism(8).withMetrics(meters),
                        new IpWriter(client, views.ips()::get, book)::reconcile);
        subnets =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.subnet").withParallelism(2).withMetrics(meters),
                        new SubnetWriter(client, views.subnets()::get, book, clock)::reconcile);
        pools =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.pool").withMetrics(meters),
                        new IpPoolWriter(client, views.pools()::get, book, clock)::reconcile);
        namespaces =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.namespace").withParallelism(2).withMetrics(meters),
                        new NamespaceWriter(client, views.namespaces()::get, book)::reconcile);
    }

    /** The lease began, changed or ended. */
    void lease(Lease lease) {
        owners.submit(lease.owner().key());
        ips.submit(lease.port());
        subnet(lease.subnet());
    }

    /** The pod, node or Vip changed. */
    void owner(OwnerKey owner) {
        owners.submit(owner);
    }

    /** The {@code IP} object changed. */
    void ip(String port) {
        ips.submit(port);
    }

    /** The subnet, or how it is used, changed. */
    void subnet(String name) {
        subnets.submit(name);
        book.poolsOf(name).forEach(pools::submit);
    }

    /** The IPPool changed. */
    void pool(String name) {
        pools.submit(name);
    }

    /** The namespace, or what is bound to it, changed. */
    void namespace(String name) {
        namespaces.submit(name);
    }

    @Override
    public void close() {
        owners.close();
        ips.close();
        subnets.close();
        pools.close();
        namespaces.close();
    }
}
