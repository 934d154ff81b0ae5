package dev.weft.ipam.term;

import dev.weft.bus.FeedPublisher;
import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.LeaseMessages;
import dev.weft.ipam.feed.OutboxPublisher;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.kube.RefusalEvents;
import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.Claims;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.ledger.Batch;
import dev.weft.ipam.ledger.GroupCommit;
import dev.weft.ipam.ledger.Ledger;
import dev.weft.ipam.ledger.LedgerChange;
import dev.weft.ipam.ledger.LedgerChange.Ending;
import dev.weft.ipam.ledger.Term;
import dev.weft.kube.Annotations;
import dev.weft.kube.Names;
import dev.weft.kube.NodeView;
import dev.weft.kube.SubnetCatalog;
import dev.weft.kube.v1.Subnet;
import dev.weft.net.IpAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that lives as long as this instance is the one that writes: the book of leases, the
 * commits, and the queues around them. What happened is put in queues here; what to do about it is
 * decided where the queues end.
 */
public final class ActiveTerm implements AutoCloseable, LeaseBook.Events {

    private static final Logger LOG = LoggerFactory.getLogger(ActiveTerm.class);
    private static final String ALL_SUBNETS = "all";

    private final Term term;
    private final Views views;
    private final boolean securedByDefault;
    private final Runnable over;
    private final MeterRegistry meters;

    private final LeaseBook book;
    private final GroupCommit commits;
    private final OutboxPublisher outbox;
    private final RefusalEvents refusals;
    private final Allocator allocator;
    private final WriteBack writeBack;
    private final ReconcileLoop<String> catalog;
    private final AtomicReference<Map<IpAddress, String>> nodeAddresses =
            new AtomicReference<>(Map.of());

    /** What a term needs from outside. */
    public record Means(
            Ledger ledger,
            Views views,
            FeedPublisher broker,
            KubernetesClient kubernetes,
            MeterRegistry meters,
            Clock clock,
            boolean securedByDefault) {}

    /**
     * Loads what is leased. Blocking; the views need not be ready yet.
     *
     * @param over runs when this instance must not write any more
     */
    public ActiveTerm(Term term, Means means, Runnable over) {
        this.term = term;
        this.views = means.views();
        this.securedByDefault = means.securedByDefault();
        this.over = over;
        this.meters = means.meters();
        var leases = new ArrayList<Lease>();
        means.ledger().leases(leases::add);
        book =
                new LeaseBook(
                        leases,
                        term.position(),
                        means.ledger().released(),
                        views::namespaceLabels,
                        means.clock(),
                        UUID::randomUUID,
                        this);
        commits = new GroupCommit(means.ledger()::commit, term, book, LeaseMessages::json);
        outbox = new OutboxPublisher(means.ledger(), means.broker(), term.epoch(), term.position());
        if (means.broker() instanceof AmqpFeedPublisher amqp) {
            amqp.onConnect(outbox::connected);
        }
        refusals = new RefusalEvents(means.kubernetes(), means.clock());
        allocator = new Allocator(book, this::claim, commits::submit, refusals, meters);
        writeBack = new WriteBack(means.kubernetes(), views, book, means.clock(), meters);
        catalog = new ReconcileLoop<>(LoopOptions.named("ipam.catalog"), _ -> refreshSubnets());
        LOG.info(
                "term {}: {} leases at position {} of epoch {}",
                term.number(),
                leases.size(),
                term.position(),
                term.epoch());
    }

    /**
     * Begins to decide. The views are ready: what they do not have does not exist. Blocking, as
     * long as owners that say what they had are looked at before all others.
     */
    public void begin() throws InterruptedException {
        refreshSubnets();
        var hadAddress = Annotations.of(Annotations.IP_ADDRESS);
        views.nodes().values().forEach(node -> allocator.submit(OwnerKey.node(node.name())));
        views.pods().values().stream()
                .filter(pod -> pod.annotations().containsKey(hadAddress))
                .forEach(pod -> allocator.submit(OwnerKey.pod(pod.key())));
        allocator.awaitIdle(Duration.ofSeconds(30));
        book.snapshot().leases().forEach(lease -> allocator.submit(lease.owner().key()));
        views.nodes().onChange(change -> nodeChanged(change.key()));
        views.pods()
                .onChange(
                        change -> {
                            allocator.submit(OwnerKey.pod(change.key()));
                            writeBack.owner(OwnerKey.pod(change.key()));
                        });
        views.subnets()
                .onChange(
                        change -> {
                            catalog.submit(ALL_SUBNETS);
                            writeBack.subnet(change.key());
                        });
        views.namespaces()
                .onChange(
                        change -> {
                            if (change.before() == null
                                    || change.after() == null
                                    || !change.before().labels().equals(change.after().labels())) {
                                allocator.rulesChanged();
                            }
                        });
        views.ips().onChange(change -> writeBack.ip(change.key()));
        book.snapshot().leases().forEach(lease -> writeBack.ip(lease.port()));
    }

    private void nodeChanged(String name) {
        allocator.submit(OwnerKey.node(name));
        writeBack.owner(OwnerKey.node(name));
        if (!nodeAddresses().equals(nodeAddresses.get())) {
            catalog.submit(ALL_SUBNETS);
        }
    }

    private Claim claim(OwnerKey owner) {
        return switch (owner.kind()) {
            case POD -> Claims.of(views.pods().get(owner.key()).orElse(null), securedByDefault);
            case NODE -> Claims.of(views.nodes().get(owner.key()).orElse(null));
        };
    }

    /**
     * Decides anew about all subnets together; whoever was refused because of them is looked at
     * again.
     */
    private Outcome refreshSubnets() {
        var all = List.copyOf(views.subnets().values());
        nodeAddresses.set(nodeAddresses());
        var taken = new SubnetCatalog.Taken(Set.of(Names.DEFAULT_VPC), nodeAddresses.get());
        var deleting =
                all.stream()
                        .filter(subnet -> subnet.getMetadata().getDeletionTimestamp() != null)
                        .map(ActiveTerm::name)
                        .collect(Collectors.toSet());
        if (book.updateSubnets(SubnetCatalog.resolve(all, taken), deleting)) {
            all.forEach(subnet -> writeBack.subnet(name(subnet)));
            allocator.rulesChanged();
        }
        return Outcome.done();
    }

    /** Addresses that no subnet of the default VPC may have, each with what it is. */
    private Map<IpAddress, String> nodeAddresses() {
        var addresses = new TreeMap<IpAddress, String>();
        for (NodeView node : views.nodes().values()) {
            for (var text : node.internalAddresses()) {
                try {
                    addresses.put(IpAddress.parse(text), "the address of node " + node.name());
                } catch (IllegalArgumentException e) {
                    LOG.debug("node {}: {}", node.name(), e.getMessage());
                }
            }
        }
        return addresses;
    }

    private static String name(Subnet subnet) {
        return subnet.getMetadata().getName();
    }

    @Override
    public void written(Batch batch) {
        outbox.written(batch);
        meters.summary("weft.ipam.commit.changes").record(batch.changes().size());
        var released = new HashMap<String, Integer>();
        for (var entry : batch.changes()) {
            entry.change()
                    .ending()
                    .map(Ending::lease)
                    .ifPresent(
                            lease -> {
                                released.merge(lease.subnet(), 1, Integer::sum);
                                writeBack.lease(lease);
                            });
            switch (entry.change()) {
                case LedgerChange.Begin begin -> writeBack.lease(begin.lease());
                case LedgerChange.Amend amend -> writeBack.lease(amend.lease());
                case LedgerChange.End _ -> {}
            }
        }
        released.forEach(allocator::released);
    }

    @Override
    public void diverged(String why) {
        LOG.error("memory and ledger differ, the service starts anew: {}", why);
        over.run();
    }

    @Override
    public void fenced() {
        over.run();
    }

    /** The leases. */
    public LeaseBook book() {
        return book;
    }

    /** The term in the ledger. */
    public Term term() {
        return term;
    }

    /** Messages that the broker has not taken yet. */
    public long messagesBehind() {
        return outbox.behind();
    }

    /** Decisions that wait for the next commit. */
    public int decisionsWaiting() {
        return commits.waiting();
    }

    /** Owners that are refused. */
    public int ownersRefused() {
        return allocator.refused();
    }

    @Override
    public void close() {
        allocator.close();
        catalog.close();
        commits.close();
        outbox.close();
        writeBack.close();
        refusals.close();
    }

    @Override
    public String toString() {
        return "term " + Objects.toString(term.number());
    }
}
