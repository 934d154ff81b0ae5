package dev.weft.ipam.term;

import dev.weft.bus.FeedView;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.ClusterFacts;
import dev.weft.ipam.feed.Reservations;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.lease.Facts.Reserved;
import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.kube.NamespaceView;
import dev.weft.kube.NodeView;
import dev.weft.kube.PodView;
import dev.weft.kube.v1.Ip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whom a change of an object concerns: puts keys in queues, and decides nothing. */
final class Wakeups {

    private final Views views;
    private final ClusterFacts facts;
    private final LeaseBook book;
    private final Allocator allocator;
    private final WriteBack writeBack;
    private final Runnable catalog;

    /**
     * @param catalog subnets, pools or what is bound to namespaces should be looked at anew
     */
    Wakeups(
            Views views,
            ClusterFacts facts,
            LeaseBook book,
            Allocator allocator,
            WriteBack writeBack,
            Runnable catalog) {
        this.views = views;
        this.facts = facts;
        this.book = book;
        this.allocator = allocator;
        this.writeBack = writeBack;
        this.catalog = catalog;
    }

    /** Listens from now on; what is there already is a change, too. */
    void listen() {
        views.nodes().onChange(this::node);
        views.pods()
                .onChange(
                        change -> {
                            pod(change.before());
                            pod(change.after());
                        });
        views.subnets()
                .onChange(
                        change -> {
                            catalog.run();
                            writeBack.subnet(change.key());
                        });
        views.pools()
                .onChange(
                        change -> {
                            catalog.run();
                            writeBack.pool(change.key());
                        });
        views.vpcs().onChange(_ -> catalog.run());
        views.namespaces().onChange(this::namespace);
        views.ips()
                .onChange(
                        change -> {
                            reservation(change.before());
                            reservation(change.after());
                            writeBack.ip(change.key());
                        });
        views.vips()
                .onChange(
                        change -> {
                            wake(OwnerKey.vip(change.key()));
                            // pods may wait for its address
                            allocator.rulesChanged();
                        });
        views.statefulSets().onChange(change -> keeper(Keeper.Kind.STATEFUL_SET, change.key()));
        views.machines().onChange(change -> machine(change.key()));
        views.machineInstances().onChange(change -> machine(change.key()));
        views.attachments().onChange(_ -> allocator.rulesChanged());
    }

    private void wake(OwnerKey owner) {
        allocator.submit(owner);
        writeBack.owner(owner);
    }

    private void node(FeedView.Change<NodeView> change) {
        wake(OwnerKey.node(change.key()));
        if (!addresses(change.before()).equals(addresses(change.after()))) {
            catalog.run();
        }
    }

    private static List<String> addresses(@Nullable NodeView node) {
        return node == null ? List.of() : node.internalAddresses();
    }

    private void pod(@Nullable PodView pod) {
        if (pod != null) {
            wake(facts.holder(pod));
            facts.vipOf(pod).ifPresent(allocator::submit);
        }
    }

    private void namespace(FeedView.Change<NamespaceView> change) {
        writeBack.namespace(change.key());
        if (change.before() == null
                || change.after() == null
                || !change.before().labels().equals(change.after().labels())) {
            allocator.rulesChanged();
        }
    }

    private void reservation(@Nullable Ip object) {
        Reservations.of(object).map(Reserved::owner).ifPresent(this::wake);
    }

    private void machine(String key) {
        wake(OwnerKey.pod(key));
        keeper(Keeper.Kind.VIRTUAL_MACHINE, key);
    }

    private void keeper(Keeper.Kind kind, String key) {
        int slash = key.indexOf('/');
        book.keptBy(kind, key.substring(0, slash), key.substring(slash + 1))
                .forEach(allocator::submit);
    }
}
