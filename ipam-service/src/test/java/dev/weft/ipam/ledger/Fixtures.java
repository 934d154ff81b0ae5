package dev.weft.ipam.ledger;

import dev.weft.ipam.book.Catalog;
import dev.weft.ipam.book.LeaseBook;
import dev.weft.ipam.book.SubnetBook;
import dev.weft.ipam.lease.Claim;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.lease.LeaseOwner;
import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.ipam.lease.Wish;
import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.AddressRequest;
import dev.weft.ipam.pool.Reservation;
import dev.weft.kube.SubnetCatalog;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRangeSet;
import dev.weft.net.MacAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Pods, subnets and books as tests need them. */
public final class Fixtures {

    private Fixtures() {}

    public static Subnet subnet(String name, String cidrs) {
        return new Subnet(name, SubnetSpec.builder().cidrBlock(cidrs).build());
    }

    public static LeaseOwner pod(String name, String uid) {
        return new LeaseOwner(Kind.POD, "shop", name, uid);
    }

    public static Claim.Wanted wants(LeaseOwner owner) {
        return wants(owner, null);
    }

    public static Claim.Wanted wants(LeaseOwner owner, @Nullable DualStack<IpAddress> fixed) {
        return new Claim.Wanted(
                owner, "ovn", "ovn", Lease.Usage.of(true), false, Wish.of(null, fixed, null));
    }

    /** As if a pool had given what the lease holds. */
    public static Reservation reservation(Lease lease) {
        return (Reservation)
                new AddressPool(
                                lease.subnet(),
                                DualStack.parseCidrs("10.16.0.0/16,fd00::/16"),
                                DualStack.parseAddresses("10.16.0.1,fd00::1"),
                                IpRangeSet.EMPTY,
                                MacAddress.parse("0a:00:00:00:00:01"))
                        .reserve(
                                new AddressRequest(
                                        lease.port(),
                                        null,
                                        null,
                                        lease.addresses(),
                                        null,
                                        lease.port()),
                                lease.since());
    }

    /** What a book was told to tell. */
    public static final class Heard implements LeaseBook.Events {
        public final List<Batch> batches = new ArrayList<>();
        public final List<String> diverged = new ArrayList<>();
        public volatile boolean fenced;

        @Override
        public synchronized void written(Batch batch) {
            batches.add(batch);
        }

        @Override
        public synchronized void diverged(String why) {
            diverged.add(why);
        }

        @Override
        public void fenced() {
            fenced = true;
        }
    }

    public static LeaseBook book(LeaseBook.Events events, Subnet... subnets) {
        var book =
                new LeaseBook(
                        List.of(),
                        0,
                        new SubnetBook(_ -> Map.of(), Map.of(), Duration.ZERO),
                        Clock.systemUTC(),
                        UUID::randomUUID,
                        events);
        book.update(
                Catalog.of(SubnetCatalog.resolve(List.of(subnets), SubnetCatalog.Taken.NOTHING)));
        return book;
    }
}
