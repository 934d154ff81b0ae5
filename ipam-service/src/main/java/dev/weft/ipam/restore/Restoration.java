package dev.weft.ipam.restore;

import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.feed.ClusterFacts;
import dev.weft.ipam.feed.Views;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.ledger.LedgerChange;
import dev.weft.kube.Names;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Brings back the leases that the ledger does not have although somebody has the addresses: all of
 * them when PostgreSQL was emptied, those since the backup when one was put back, none on any other
 * start. It runs before anything else is leased and before others are told what is leased.
 */
public final class Restoration {

    private final LeaseBook book;
    private final Views views;
    private final ClusterFacts facts;
    private final Clock clock;

    public Restoration(LeaseBook book, Views views, ClusterFacts facts, Clock clock) {
        this.book = book;
        this.views = views;
        this.facts = facts;
        this.clock = clock;
    }

    /**
     * Compares and writes what is missing. Blocks until the ledger has it.
     *
     * @param ovn the addresses of OVN's ports by name, null when OVN could not be asked
     * @param submit puts a change in the next commit
     */
    public RestorationReport run(
            @Nullable Map<String, DualStack<IpAddress>> ovn,
            Function<LedgerChange, CompletableFuture<Void>> submit)
            throws InterruptedException {
        var leases = book.snapshot().leases();
        var witnesses = new Witnesses(facts, views.ips()::get, this::vpcOf);
        views.nodes().values().forEach(node -> witnesses.hear(OwnerKey.node(node.name())));
        views.pods().values().stream().map(facts::holder).distinct().forEach(witnesses::hear);
        views.ips().values().forEach(witnesses::hear);
        var plan =
                RestorationPlan.of(witnesses.evidence(), leases, ovn, witnesses.contradictions());
        var now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        int restored = write(plan, now, submit);
        return new RestorationReport(
                now,
                restored,
                leases.size(),
                ovn == null ? null : ovn.size(),
                plan.contradictions());
    }

    private int write(
            RestorationPlan.Result plan,
            Instant now,
            Function<LedgerChange, CompletableFuture<Void>> submit)
            throws InterruptedException {
        var written = new ArrayList<CompletableFuture<Void>>();
        for (var one : plan.restore()) {
            var lease = one.evidence().lease(UUID.randomUUID(), now);
            var commit = book.restore(lease, one.replaced(), submit);
            if (commit != null) {
                written.add(commit);
            }
        }
        int done = 0;
        for (var commit : written) {
            try {
                commit.get();
                done++;
            } catch (ExecutionException _) {
                // the book has told; the owner is looked at like any other
            }
        }
        return done;
    }

    private String vpcOf(String subnet) {
        return book.subnet(subnet).map(ResolvedSubnet::vpc).orElse(Names.DEFAULT_VPC);
    }
}
