package dev.weft.ipam.book;

import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.EndReason;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseDecision;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.ledger.Batch;
import dev.weft.ipam.ledger.GroupCommit;
import dev.weft.ipam.ledger.LedgerChange;
import dev.weft.ipam.ledger.LedgerChange.Amend;
import dev.weft.ipam.ledger.LedgerChange.Begin;
import dev.weft.ipam.ledger.LedgerChange.End;
import dev.weft.ipam.ledger.LedgerChange.Ending;
import dev.weft.ipam.ledger.LedgerException;
import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Reservation;
import dev.weft.ipam.pool.Usage;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The leases in memory, always what the ledger has at one position: a decision reserves addresses
 * in a pool, the ledger commits it, and only then it is in the book; or it is rejected, and the
 * pool is as before. Thread-safe.
 */
public final class LeaseBook implements GroupCommit.Listener {

    private final ReentrantLock lock = new ReentrantLock();
    private final SubnetBook subnets;
    private final Clock clock;
    private final Supplier<UUID> ids;
    private final Events events;

    /** Port → lease. */
    private final Map<String, Lease> leases = new HashMap<>();

    /** Port → what is on its way to the ledger. */
    private final Map<String, LedgerChange> underway = new HashMap<>();

    private long position;

    /** What others want to hear of the book; called without its lock. */
    public interface Events {
        /** The ledger has these. */
        void written(Batch batch);

        /** Memory and ledger differ: this book must not be used any more. */
        void diverged(String why);

        /** Another instance writes now. */
        void fenced();
    }

    /** Leases as of a position of the feed. */
    public record Snapshot(long position, List<Lease> leases) {}

    /**
     * A decision on its way.
     *
     * @param written completes when the ledger has it; null when there is nothing to write
     * @param busy whether nothing was decided, since an earlier decision about the port is still on
     *     its way
     */
    public record Settlement(
            LeaseDecision decision, @Nullable CompletableFuture<Void> written, boolean busy) {}

    /**
     * @param leases as the ledger has them
     * @param position at which it has them
     * @param releasedBefore addresses that the ledger says were released, by VPC, oldest first
     * @param namespaceLabels the labels of a namespace
     * @param ids for new leases
     */
    public LeaseBook(
            Collection<Lease> leases,
            long position,
            Map<String, List<IpAddress>> releasedBefore,
            Function<String, Map<String, String>> namespaceLabels,
            Clock clock,
            Supplier<UUID> ids,
            Events events) {
        leases.forEach(lease -> this.leases.put(lease.port(), lease));
        this.position = position;
        this.subnets = new SubnetBook(namespaceLabels, releasedBefore);
        this.clock = clock;
        this.ids = ids;
        this.events = events;
    }

    /**
     * Decides about an owner and hands what is decided to the ledger.
     *
     * @param submit puts a change in the next commit
     */
    public Settlement settle(
            OwnerKey owner, Claim claim, Function<LedgerChange, CompletableFuture<Void>> submit) {
        return locked(
                () -> {
                    var port = owner.port();
                    if (underway.containsKey(port)) {
                        return new Settlement(new LeaseDecision.Nothing(), null, true);
                    }
                    var current = leases.get(port);
                    // a port name may be claimed by a node and a pod; each ends only what is its
                    // own
                    var mine = current != null && current.owner().key().equals(owner);
                    if (claim instanceof Claim.None && !mine) {
                        return new Settlement(new LeaseDecision.Nothing(), null, false);
                    }
                    var decision = LeaseDecision.of(claim, current, subnets);
                    var change = change(decision, current);
                    if (change == null) {
                        return new Settlement(decision, null, false);
                    }
                    underway.put(port, change);
                    return new Settlement(decision, submit.apply(change), false);
                });
    }

    private @Nullable LedgerChange change(LeaseDecision decision, @Nullable Lease current) {
        return switch (decision) {
            case LeaseDecision.Grant grant -> begin(grant);
            case LeaseDecision.Keep(var lease) when !lease.equals(current) -> new Amend(lease);
            case LeaseDecision.Keep _ -> null;
            case LeaseDecision.Release(var lease, var reason) -> new End(ending(lease, reason));
            case LeaseDecision.Refuse refuse ->
                    refuse.replaced() == null
                            ? null
                            : new End(ending(refuse.replaced(), EndReason.OWNER_REPLACED));
            case LeaseDecision.Nothing _ -> null;
        };
    }

    private Begin begin(LeaseDecision.Grant grant) {
        var claim = grant.claim();
        return switch (grant.subnet().pool().reserve(grant.request())) {
            case Refusal refusal ->
                    throw new IllegalStateException("granted but refused: " + refusal);
            case Reservation reservation ->
                    new Begin(
                            new Lease(
                                    ids.get(),
                                    reservation.port(),
                                    claim.owner(),
                                    claim.nodeName(),
                                    grant.subnet().vpc(),
                                    reservation.subnet(),
                                    reservation.addresses(),
                                    reservation.mac(),
                                    claim.portSecurity(),
                                    // what the database keeps of it
                                    clock.instant().truncatedTo(ChronoUnit.MICROS)),
                            grant.replaced() == null
                                    ? null
                                    : ending(grant.replaced(), EndReason.OWNER_REPLACED),
                            reservation);
        };
    }

    private Ending ending(Lease lease, EndReason reason) {
        return new Ending(lease, reason, clock.instant().truncatedTo(ChronoUnit.MICROS));
    }

    @Override
    public void written(Batch batch) {
        locked(
                () -> {
                    batch.changes().forEach(entry -> confirm(entry.change()));
                    position = batch.position();
                    return position;
                });
        events.written(batch);
    }

    private void confirm(LedgerChange change) {
        underway.remove(change.port());
        change.ending()
                .ifPresent(
                        ending -> {
                            leases.remove(change.port());
                            release(
                                    ending.lease(),
                                    change instanceof Begin begin ? begin.lease() : null);
                        });
        switch (change) {
            case Begin(var lease, _, _) -> leases.put(lease.port(), lease);
            case Amend(var lease) -> leases.put(lease.port(), lease);
            case End _ -> {}
        }
    }

    /** Gives back what the lease held and its successor does not hold. */
    private void release(Lease lease, @Nullable Lease successor) {
        var pool = subnets.pool(lease.subnet()).orElse(null);
        if (pool == null) {
            return;
        }
        boolean stays = successor != null && successor.subnet().equals(lease.subnet());
        var kept = stays ? successor.addresses().stream().toList() : List.<IpAddress>of();
        pool.release(
                lease.port(),
                lease.addresses().stream().filter(address -> !kept.contains(address)).toList(),
                stays && successor.mac().equals(lease.mac()) ? null : lease.mac());
    }

    @Override
    public void rejected(LedgerChange change, LedgerException.Rejected why) {
        locked(
                () -> {
                    underway.remove(change.port());
                    if (change instanceof Begin begin) {
                        subnets.pool(begin.reservation().subnet())
                                .ifPresent(pool -> pool.undo(begin.reservation()));
                    }
                    return change;
                });
        events.diverged(change.port() + ": " + why.getMessage());
    }

    @Override
    public void fenced(LedgerException.Fenced why) {
        events.fenced();
    }

    /**
     * Takes over what the subnets are now.
     *
     * @param deleting names of those that hand out nothing more
     * @return whether anything changed
     */
    public boolean updateSubnets(Map<String, SubnetResolution> resolutions, Set<String> deleting) {
        return locked(() -> subnets.update(resolutions, deleting, this::tellHoldings));
    }

    private void tellHoldings(AddressPool pool) {
        leases.values().stream()
                .filter(lease -> lease.subnet().equals(pool.subnet()))
                .forEach(lease -> pool.adopt(lease.port(), lease.addresses(), lease.mac()));
        underway.values().stream()
                .filter(Begin.class::isInstance)
                .map(change -> ((Begin) change).lease())
                .filter(lease -> lease.subnet().equals(pool.subnet()))
                .forEach(lease -> pool.adopt(lease.port(), lease.addresses(), lease.mac()));
    }

    /** What the port holds. */
    public Optional<Lease> lease(String port) {
        return locked(() -> Optional.ofNullable(leases.get(port)));
    }

    /** All leases and the position that they stand for. */
    public Snapshot snapshot() {
        return locked(() -> new Snapshot(position, List.copyOf(leases.values())));
    }

    /** Whether any lease is in the subnet. */
    public boolean isUsed(String subnet) {
        return locked(
                () ->
                        leases.values().stream().anyMatch(lease -> lease.subnet().equals(subnet))
                                || underway.values().stream()
                                        .anyMatch(
                                                change ->
                                                        change instanceof Begin begin
                                                                && begin.lease()
                                                                        .subnet()
                                                                        .equals(subnet)));
    }

    /** The number of leases. */
    public int size() {
        return locked(leases::size);
    }

    /** The subnet as it is served, if it is valid. */
    public Optional<ResolvedSubnet> subnet(String name) {
        return locked(() -> subnets.served(name));
    }

    /** What became of a subnet's spec, if there is one of that name. */
    public Optional<SubnetResolution> resolution(String name) {
        return locked(() -> subnets.resolution(name));
    }

    /** How a subnet's addresses are used; empty when it never was valid. */
    public Optional<Map<Family, Usage>> usage(String subnet) {
        return locked(() -> subnets.pool(subnet).map(AddressPool::usage));
    }

    /** The names of all subnets. */
    public Set<String> subnetNames() {
        return locked(subnets::names);
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
