package dev.weft.bus;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderElectionConfigBuilder;
import io.fabric8.kubernetes.client.extended.leaderelection.resourcelock.LeaseLock;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One term as the active instance of a service, by a Kubernetes {@code Lease}. A lease alone does
 * not fence (a paused leader believes a little too long): writes are fenced by the databases. There
 * is one term a process: a service that {@link #lost} it ends, and its next process stands again.
 */
public final class Leadership implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Leadership.class);

    /**
     * Long, so that an API server that is away for a while ends no term; a process that comes back
     * under the same identity need not wait for it.
     */
    private static final Duration LEASE = Duration.ofSeconds(30);

    private static final Duration RENEW = Duration.ofSeconds(25);
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final CompletableFuture<Void> acquired = new CompletableFuture<>();
    private final CompletableFuture<Void> lost = new CompletableFuture<>();
    private final CompletableFuture<String> seen = new CompletableFuture<>();
    private final AtomicBoolean leader = new AtomicBoolean();
    private final CompletableFuture<?> election;

    private Leadership(KubernetesClient client, String namespace, String name, String identity) {
        election =
                client.leaderElector()
                        .withConfig(
                                new LeaderElectionConfigBuilder()
                                        .withName(name)
                                        .withLock(new LeaseLock(namespace, name, identity))
                                        .withLeaseDuration(LEASE)
                                        .withRenewDeadline(RENEW)
                                        .withRetryPeriod(RETRY)
                                        .withReleaseOnCancel(true)
                                        .withLeaderCallbacks(
                                                new LeaderCallbacks(
                                                        () -> begin(name, identity),
                                                        () -> end(name),
                                                        id -> see(name, id)))
                                        .build())
                        .build()
                        .start();
        election.whenComplete(
                (_, e) -> {
                    if (e != null && !election.isCancelled())
                        LOG.warn("{}: election ended", name, e);
                    end(name);
                });
    }

    /**
     * Stands for the lease from now on.
     *
     * @param namespace of the Lease, {@code weft.namespace}
     * @param name of the Lease: {@code weft-ipam}
     * @param identity of this instance, {@code weft.instance}; two live instances must not share it
     */
    public static Leadership stand(
            KubernetesClient client, String namespace, String name, String identity) {
        return new Leadership(client, namespace, name, identity);
    }

    /** Completes when this instance leads; cancelled when it closes before. */
    public CompletableFuture<Void> acquired() {
        return acquired.copy();
    }

    /**
     * The identity of the first leader that this instance saw, itself or another: from then on a
     * standby is known to stand by. Cancelled when it closes before.
     */
    public CompletableFuture<String> leader() {
        return seen.copy();
    }

    /** Waits, blocking, until this instance leads. */
    public void await() throws InterruptedException {
        try {
            acquired.get();
        } catch (java.util.concurrent.ExecutionException e) {
            throw new IllegalStateException("cannot lead", e.getCause());
        }
    }

    /**
     * Runs when a term that had begun is over, also by {@link #close}; at once when it is over
     * already.
     */
    public void onLost(Runnable action) {
        lost.thenRun(action);
    }

    /** Whether the term runs, as far as this process knows. */
    public boolean leads() {
        return leader.get();
    }

    /** Gives the lease back, so that a standby leads at once. */
    @Override
    public void close() {
        election.cancel(true);
    }

    private void begin(String name, String identity) {
        LOG.info("{}: {} leads", name, identity);
        leader.set(true);
        acquired.complete(null);
    }

    private void see(String name, @Nullable String identity) {
        LOG.info("{}: the leader is {}", name, identity);
        // a lease that was given back has no holder
        if (identity != null && !identity.isEmpty()) seen.complete(identity);
    }

    private void end(String name) {
        acquired.cancel(false);
        seen.cancel(false);
        if (leader.getAndSet(false)) {
            LOG.info("{}: leads no more", name);
            lost.complete(null);
        }
    }
}
