package dev.weft.vpc;

import dev.weft.bus.FeedView;
import dev.weft.bus.Leadership;
import dev.weft.bus.LeaseView;
import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.kube.NodeView;
import dev.weft.ovn.OvnDatabase;
import dev.weft.vpc.kubernetes.DefaultObjects;
import dev.weft.vpc.northbound.Fabric;
import dev.weft.vpc.northbound.Northbound;
import dev.weft.vpc.records.Records;
import dev.weft.vpc.topology.Owners;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The order of things: copies of the feeds and of the database, then to be the one active instance,
 * and only then to act. Afterwards a change of a record is a look at its owner.
 */
@ApplicationScoped
public class VpcService {

    private static final Logger LOG = LoggerFactory.getLogger(VpcService.class);
    private static final String ALL_SUBNETS = "subnets";

    private final VpcConfig config;
    private final KubernetesClient kubernetes;
    private final Records records;
    private final Northbound northbound;
    private final Fabric fabric;
    private final DefaultObjects defaults;
    private final ReconcileLoop<String> subnets;
    private volatile @Nullable Leadership leadership;
    private volatile boolean active;
    private volatile boolean stopping;

    VpcService(
            VpcConfig config,
            KubernetesClient kubernetes,
            Records records,
            Northbound northbound,
            Fabric fabric,
            DefaultObjects defaults) {
        this.config = config;
        this.kubernetes = kubernetes;
        this.records = records;
        this.northbound = northbound;
        this.fabric = fabric;
        this.defaults = defaults;
        this.subnets = new ReconcileLoop<>(LoopOptions.named("vpc.subnets"), this::settle);
    }

    /** Whether this instance acts. */
    public boolean isActive() {
        return active;
    }

    void start(@Observes StartupEvent event) {
        records.start();
        Thread.ofVirtual().name("weft-vpc-begin").start(this::begin);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        stopping = true;
        active = false;
        defaults.stop();
        subnets.stop(Duration.ofSeconds(1));
        fabric.stop();
        northbound.close();
        var term = leadership;
        if (term != null) {
            term.close();
        }
    }

    private void begin() {
        try {
            var database = northbound.open();
            records.ready().get();
            lead(database);
            fabric.start();
            defaults.start();
            watch();
            active = true;
            LOG.info("active");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Exception e) {
            if (!stopping) {
                LOG.error("cannot start", e);
                Quarkus.asyncExit(1);
            }
        }
    }

    private void lead(OvnDatabase database) throws Exception {
        if (config.leaderElection()) {
            var term =
                    Leadership.stand(kubernetes, config.namespace(), "weft-vpc", config.instance());
            leadership = term;
            term.await();
            term.onLost(this::leave);
        }
        var lock = database.lock().orElseThrow();
        lock.whenHeld().toCompletionStage().toCompletableFuture().get();
    }

    /** Another instance may lead now: this one ends, and stands again as a new process. */
    private void leave() {
        if (!stopping) {
            active = false;
            LOG.warn("leadership is lost, ending");
            Quarkus.asyncExit(1);
        }
    }

    private void watch() {
        records.leases().onChange(this::leaseChanged);
        records.nodes().onChange(this::nodeChanged);
        records.subnets().onChange(_ -> subnets.submit(ALL_SUBNETS));
        records.vpcs()
                .onChange(
                        change -> {
                            fabric.submit(Owners.vpc(change.key()));
                            subnets.submit(ALL_SUBNETS);
                        });
    }

    private void leaseChanged(FeedView.Change<LeaseView> change) {
        submitOwner(change.before());
        submitOwner(change.after());
    }

    private void submitOwner(@Nullable LeaseView lease) {
        if (lease != null) {
            fabric.submit(Owners.of(lease));
        }
    }

    private void nodeChanged(FeedView.Change<NodeView> change) {
        if (!addresses(change.before()).equals(addresses(change.after()))) {
            fabric.submit(Owners.node(change.key()));
            subnets.submit(ALL_SUBNETS);
        }
    }

    private static List<String> addresses(@Nullable NodeView node) {
        return node == null ? List.of() : node.internalAddresses();
    }

    private Outcome settle(String all) {
        var before = records.world();
        for (var name : records.settleSubnets()) {
            fabric.submit(Owners.subnet(name));
        }
        var after = records.world();
        for (var vpc : after.vpcs().keySet()) {
            if (!before.subnetsOf(vpc).equals(after.subnetsOf(vpc))) {
                fabric.submit(Owners.vpc(vpc));
            }
        }
        return Outcome.done();
    }
}
