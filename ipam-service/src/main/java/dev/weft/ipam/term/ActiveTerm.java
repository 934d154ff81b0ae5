package dev.weft.ipam.term;

import dev.weft.bus.FeedPublisher;
import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.bus.amqp.AmqpFeedPublisher;
import dev.weft.ipam.IpamConfig;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.book.SubnetBook;
import dev.weft.ipam.feed.ClusterFacts;
import dev.weft.ipam.feed.LeaseMessages;
import dev.weft.ipam.feed.OutboxPublisher;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.kube.RefusalEvents;
import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.Claims;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.ledger.Batch;
import dev.weft.ipam.ledger.GroupCommit;
import dev.weft.ipam.ledger.Ledger;
import dev.weft.ipam.ledger.LedgerChange;
import dev.weft.ipam.ledger.LedgerChange.Ending;
import dev.weft.ipam.ledger.Retention;
import dev.weft.ipam.ledger.Term;
import dev.weft.ipam.restore.OvnPorts;
import dev.weft.ipam.restore.Restoration;
import dev.weft.ipam.restore.RestorationReports;
import dev.weft.kube.Annotations;
import dev.weft.kube.NamespaceView;
import dev.weft.kube.PodView;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Objects;
import java.util.UUID;
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
    private final Means means;
    private final ClusterFacts facts;
    private final Runnable over;
    private final MeterRegistry meters;

    private final LeaseBook book;
    private final GroupCommit commits;
    private final OutboxPublisher outbox;
    private final RefusalEvents refusals;
    private final Allocator allocator;
    private final WriteBack writeBack;
    private final ReconcileLoop<String> catalog;
    private final Care care;
    private volatile boolean closed;

    /** What a term needs from outside. */
    public record Means(
            Ledger ledger,
            RestorationReports reports,
            Retention retention,
            Views views,
            FeedPublisher broker,
            KubernetesClient kubernetes,
            MeterRegistry meters,
            Clock clock,
            OvnPorts ovn,
            IpamConfig config) {}

    /**
     * Loads what is leased. Blocking; the views need not be ready yet.
     *
     * @param over runs when this instance must not write any more
     */
    public ActiveTerm(Term term, Means means, Runnable over) {
        this.term = term;
        this.views = means.views();
        this.means = means;
        var config = means.config().ipam();
        this.facts =
                new ClusterFacts(
                        views, new ClusterFacts.Settings(config.portSecurity(), config.keepVmIp()));
        this.over = over;
        this.meters = means.meters();
        var leases = new ArrayList<Lease>();
        means.ledger().leases(leases::add);
        book =
                new LeaseBook(
                        leases,
                        term.position(),
                        new SubnetBook(
                                views::namespaceLabels,
                                means.ledger().released(),
                                config.quarantine()),
                        means.clock(),
                        UUID::randomUUID,
                        this);
        commits = new GroupCommit(means.ledger()::commit, term, book, LeaseMessages::json);
        outbox = new OutboxPublisher(means.ledger(), means.broker(), term.epoch(), term.position());
        if (means.broker() instanceof AmqpFeedPublisher amqp) {
            amqp.onConnect(outbox::connected);
        }
        refusals = new RefusalEvents(means.kubernetes(), means.clock());
        allocator =
                new Allocator(
                        book,
                        (owner, held) -> Claims.of(owner, held, facts),
                        commits::submit,
                        refusals,
                        this::objectName,
                        means.clock(),
                        meters);
        writeBack = new WriteBack(means.kubernetes(), views, facts, book, means.clock(), meters);
        catalog = new ReconcileLoop<>(LoopOptions.named("ipam.catalog"), _ -> refreshSubnets());
        care = new Care(config, means.retention(), means.clock());
        LOG.info(
                "term {}: {} leases at position {} of epoch {}",
                term.number(),
                leases.size(),
                term.position(),
                term.epoch());
    }

    /**
     * Begins to decide. The views are ready: what they do not have does not exist. Blocking: what
     * nobody has any more is released first, then what the ledger lost is brought back, then
     * everybody is looked at; those that have addresses before those that want some.
     */
    public void begin() throws InterruptedException {
        refreshSubnets();
        releaseWhatNobodyHas();
        restore();
        var hadAddress = Annotations.of(Annotations.IP_ADDRESS);
        views.nodes().values().forEach(node -> allocator.submit(OwnerKey.node(node.name())));
        views.pods().values().stream()
                .filter(pod -> pod.annotations().containsKey(hadAddress))
                .map(facts::holder)
                .forEach(allocator::submit);
        awaitIdle();
        book.snapshot().leases().forEach(lease -> allocator.submit(lease.owner().key()));
        new Wakeups(views, facts, book, allocator, writeBack, () -> catalog.submit(ALL_SUBNETS))
                .listen();
        book.snapshot().leases().forEach(lease -> writeBack.ip(lease.port()));
        care.begin();
    }

    private void releaseWhatNobodyHas() throws InterruptedException {
        book.snapshot().leases().stream()
                .map(lease -> lease.owner().key())
                .distinct()
                .filter(this::claimsNothing)
                .forEach(allocator::submit);
        awaitIdle();
    }

    private boolean claimsNothing(OwnerKey owner) {
        return Claims.of(owner, book.held(owner), facts).values().stream()
                .allMatch(Claim.None.class::isInstance);
    }

    private void restore() throws InterruptedException {
        var report =
                new Restoration(book, views, facts, means.clock())
                        .run(means.ovn().read().orElse(null), commits::submit);
        if (report.isWorthTelling()) {
            LOG.warn(
                    "{} leases that the ledger did not have were brought back, {} contradictions",
                    report.restored(),
                    report.contradictions().size());
            means.reports().keep(report);
        }
    }

    private void awaitIdle() throws InterruptedException {
        while (!closed && !allocator.awaitIdle(Duration.ofSeconds(1))) {
            // decisions wait for the ledger
        }
    }

    /** The name of the object that an owner is: a machine's pod has another than the machine. */
    private String objectName(LeaseOwner owner) {
        return facts.pods(owner.key()).stream()
                .filter(pod -> pod.uid().equals(owner.uid()))
                .map(PodView::name)
                .findFirst()
                .orElse(owner.name());
    }

    /**
     * Decides anew about all subnets and pools together; whoever was refused because of them is
     * looked at again.
     */
    private Outcome refreshSubnets() {
        if (book.update(ClusterCatalog.of(views, means.config()))) {
            views.subnets().values().stream()
                    .map(subnet -> subnet.getMetadata().getName())
                    .forEach(writeBack::subnet);
            views.pools().values().stream()
                    .map(pool -> pool.getMetadata().getName())
                    .forEach(writeBack::pool);
            views.namespaces().values().stream()
                    .map(NamespaceView::name)
                    .forEach(writeBack::namespace);
            allocator.rulesChanged();
        }
        return Outcome.done();
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
        closed = true;
        allocator.close();
        catalog.close();
        care.close();
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
