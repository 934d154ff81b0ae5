package dev.weft.ipam.book;

import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.EndReason;
import dev.weft.ipam.lease.Keeper;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseDecision;
import dev.weft.ipam.lease.OwnerKey;
import dev.weft.ipam.lease.PortKey;
import dev.weft.ipam.lease.Subnets.Place;
import dev.weft.ipam.ledger.Batch;
import dev.weft.ipam.ledger.GroupCommit;
import dev.weft.ipam.ledger.LedgerChange;
import dev.weft.ipam.ledger.LedgerChange.Amend;
import dev.weft.ipam.ledger.LedgerChange.Begin;
import dev.weft.ipam.ledger.LedgerChange.End;
import dev.weft.ipam.ledger.LedgerChange.Ending;
import dev.weft.ipam.ledger.LedgerException;
import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.Fill;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Reservation;
import dev.weft.ipam.pool.Usage;
import dev.weft.kube.IpPoolCatalog;
import dev.weft.kube.ResolvedSubnet;
import dev.weft.kube.SubnetResolution;
import dev.weft.kube.SubnetResolution.Invalid;
import dev.weft.net.Family;
import dev.weft.net.IpAddress;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
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
    private final Changes changes;
    private final Events events;

    private final LeaseIndex leases = new LeaseIndex();

    /** Port → what is on its way to the ledger. */
    private final Map<String, LedgerChange> underway = new HashMap<>();

    private final SubnetBook.Holdings holdings =
            new SubnetBook.Holdings() {
                @Override
                public Optional<Invalid> conflict(ResolvedSubnet subnet) {
                    return LeaseConflicts.of(subnet, heldIn(subnet.name()));
                }

                @Override
                public void tell(AddressPool pool) {
                    heldIn(pool.subnet())
                            .forEach(
                                    lease ->
                                            pool.adopt(
                                                    lease.port(), lease.addresses(), lease.mac()));
                }
            };

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
     * @param subnets where leases come from
     * @param ids for new leases
     */
    public LeaseBook(
            Collection<Lease> leases,
            long position,
            SubnetBook subnets,
            Clock clock,
            Supplier<UUID> ids,
            Events events) {
        leases.forEach(this.leases::put);
        this.position = position;
        this.subnets = subnets;
        this.clock = clock;
        this.changes = new Changes(ids);
        this.events = events;
    }

    /**
     * Decides about a port and hands what is decided to the ledger.
     *
     * @param submit puts a change in the next commit
     */
    public Settlement settle(
            PortKey key, Claim claim, Function<LedgerChange, CompletableFuture<Void>> submit) {
        return locked(
                () -> {
                    var port = key.port();
                    if (underway.containsKey(port)) {
                        return new Settlement(new LeaseDecision.Nothing(), null, true);
                    }
                    var current = leases.get(port);
                    // a port name may be claimed by a node and a pod; each ends only what is its
                    // own
                    var mine = current != null && current.owner().key().equals(key.owner());
                    if (!mine && claim instanceof Claim.None) {
                        return new Settlement(new LeaseDecision.Nothing(), null, false);
                    }
                    var now = now();
                    var decision = LeaseDecision.of(claim, current, subnets, now);
                    return submit(decision, changes.of(decision, current, now), submit);
                });
    }

    /**
     * Writes a lease that its owner has in fact, whatever the rules say.
     *
     * @param replaced what the ledger has for the port, null for nothing
     * @return null when another holds one of the addresses, or the port holds something else
     */
    public @Nullable CompletableFuture<Void> restore(
            Lease lease,
            @Nullable Lease replaced,
            Function<LedgerChange, CompletableFuture<Void>> submit) {
        return locked(
                () -> {
                    if (!Objects.equals(leases.get(lease.port()), replaced)
                            || underway.containsKey(lease.port())) {
                        return null;
                    }
                    var pool = subnets.addresses(lease.subnet()).orElse(null);
                    var answer =
                            pool == null
                                    ? null
                                    : pool.restore(lease.port(), lease.addresses(), lease.mac());
                    if (answer instanceof Refusal) {
                        return null;
                    }
                    var ending =
                            replaced == null
                                    ? null
                                    : new Ending(replaced, EndReason.REPAIRED, now());
                    var begin = new Begin(lease, ending, (Reservation) answer);
                    return submit(new LeaseDecision.Nothing(), begin, submit).written();
                });
    }

    private Settlement submit(
            LeaseDecision decision,
            @Nullable LedgerChange change,
            Function<LedgerChange, CompletableFuture<Void>> submit) {
        if (change == null) {
            return new Settlement(decision, null, false);
        }
        underway.put(change.port(), change);
        return new Settlement(decision, submit.apply(change), false);
    }

    /** What the database keeps of the time. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
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
                            release(ending, change instanceof Begin begin ? begin.lease() : null);
                        });
        switch (change) {
            case Begin(var lease, _, _) -> leases.put(lease);
            case Amend(var lease) -> leases.put(lease);
            case End _ -> {}
        }
    }

    /** Gives back what the lease held and its successor does not hold. */
    private void release(Ending ending, @Nullable Lease successor) {
        var lease = ending.lease();
        var pool = subnets.addresses(lease.subnet()).orElse(null);
        if (pool == null) {
            return;
        }
        boolean stays = successor != null && successor.subnet().equals(lease.subnet());
        var kept = stays ? successor.addresses().stream().toList() : List.<IpAddress>of();
        pool.release(
                lease.port(),
                lease.addresses().stream().filter(address -> !kept.contains(address)).toList(),
                stays && successor.mac().equals(lease.mac()) ? null : lease.mac(),
                ending.at());
    }

    @Override
    public void rejected(LedgerChange change, LedgerException.Rejected why) {
        locked(
                () -> {
                    underway.remove(change.port());
                    if (change instanceof Begin begin && begin.reservation() != null) {
                        subnets.addresses(begin.reservation().subnet())
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
     * Takes over what the subnets, pools and bindings are now.
     *
     * @return whether anything changed
     */
    public boolean update(Catalog catalog) {
        return locked(() -> subnets.update(catalog, holdings));
    }

    private Stream<Lease> heldIn(String subnet) {
        return Stream.concat(
                        leases.all().stream(),
                        underway.values().stream()
                                .filter(Begin.class::isInstance)
                                .map(change -> ((Begin) change).lease()))
                .filter(lease -> lease.subnet().equals(subnet));
    }

    /** What the port holds. */
    public Optional<Lease> lease(String port) {
        return locked(() -> Optional.ofNullable(leases.get(port)));
    }

    /** All leases and the position that they stand for. */
    public Snapshot snapshot() {
        return locked(() -> new Snapshot(position, List.copyOf(leases.all())));
    }

    /** What the owner holds. */
    public List<Lease> held(OwnerKey owner) {
        return locked(() -> leases.of(owner));
    }

    /** The owners whose addresses the keeper of that name keeps. */
    public Set<OwnerKey> keptBy(Keeper.Kind kind, String namespace, String name) {
        return locked(() -> leases.keptBy(kind, namespace, name));
    }

    /** Whether any lease is in the subnet. */
    public boolean isUsed(String subnet) {
        return locked(
                () ->
                        leases.inSubnet(subnet) > 0
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
        return locked(() -> subnets.addresses(subnet).map(AddressPool::usage));
    }

    /** How a subnet's addresses that are in no pool, or those of a pool, are used. */
    public Map<Family, Fill> fill(String subnet, @Nullable String pool) {
        return locked(() -> subnets.addresses(subnet).map(p -> p.fill(pool)).orElse(Map.of()));
    }

    /** How an IPPool's addresses are used; none when it is not served. */
    public Map<Family, Usage> poolUsage(String pool) {
        return locked(() -> subnets.poolUsage(pool));
    }

    /** What became of an IPPool's spec, if there is one of that name. */
    public Optional<IpPoolCatalog.Resolution> poolResolution(String name) {
        return locked(() -> subnets.poolResolution(name));
    }

    /** The names of the IPPools of a subnet. */
    public Set<String> poolsOf(String subnet) {
        return locked(() -> subnets.poolsOf(subnet));
    }

    /** Where pods of the namespace get their addresses when they do not say. */
    public List<Place> boundTo(String namespace) {
        return locked(() -> subnets.boundTo(namespace));
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
