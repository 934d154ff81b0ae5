package dev.weft.ipam.term;

import dev.weft.bus.LoopOptions;
import dev.weft.bus.ReconcileLoop;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.kube.IpWriter;
import dev.weft.ipam.kube.OwnerWriter;
import dev.weft.ipam.kube.SubnetWriter;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.OwnerKey;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;

/**
 * What is written to Kubernetes, each kind in a queue of its own: owners wait for their
 * annotations, so those go first.
 */
final class WriteBack implements AutoCloseable {

    private final ReconcileLoop<OwnerKey> owners;
    private final ReconcileLoop<String> ips;
    private final ReconcileLoop<String> subnets;

    WriteBack(
            KubernetesClient client,
            Views views,
            LeaseBook book,
            Clock clock,
            MeterRegistry meters) {
        owners =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.owner").withParallelism(32).withMetrics(meters),
                        new OwnerWriter(client, views, book)::reconcile);
        ips =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.ip").withParallelism(8).withMetrics(meters),
                        new IpWriter(client, views.ips()::get, book)::reconcile);
        subnets =
                new ReconcileLoop<>(
                        LoopOptions.named("ipam.subnet").withParallelism(2).withMetrics(meters),
                        new SubnetWriter(client, views.subnets()::get, book, clock)::reconcile);
    }

    /** The lease began, changed or ended. */
    void lease(Lease lease) {
        owners.submit(lease.owner().key());
        ips.submit(lease.port());
        subnets.submit(lease.subnet());
    }

    /** The pod or node changed. */
    void owner(OwnerKey owner) {
        owners.submit(owner);
    }

    /** The {@code IP} object changed. */
    void ip(String port) {
        ips.submit(port);
    }

    /** The subnet changed. */
    void subnet(String name) {
        subnets.submit(name);
    }

    @Override
    public void close() {
        owners.close();
        ips.close();
        subnets.close();
    }
}
