package dev.weft.ipam.lease;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.ipam.lease.LeaseOwner.Kind;
import dev.weft.ipam.lease.Subnets.Place;
import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.AddressRequest;
import dev.weft.ipam.pool.Refusal;
import dev.weft.ipam.pool.Refusal.Reason;
import dev.weft.ipam.pool.Reservation;
import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.IpRangeSet;
import dev.weft.net.MacAddress;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LeaseDecisionTest {

    private static final LeaseOwner WEB = new LeaseOwner(Kind.POD, "shop", "web-0", "uid-1");
    private static final LeaseOwner WEB_REBORN = new LeaseOwner(Kind.POD, "shop", "web-0", "uid-2");

    private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

    private final Known subnets =
            new Known()
                    .serving("ovn-default", "10.16.0.0/24")
                    .serving("blue", "10.20.0.0/30")
                    .serving("green", "10.30.0.0/24")
                    .join("100.64.0.0/24");

    @Test
    void takesTheDefaultSubnetWhenNothingElseIsSaid() {
        assertThat(granted(wanted(WEB, null)).subnet().pool().subnet()).isEqualTo("ovn-default");
    }

    @Test
    void prefersTheAnnotatedSubnetToTheNamespaces() {
        subnets.bound = List.of(Place.in("blue"));
        assertThat(granted(wanted(WEB, "green")).subnet().pool().subnet()).isEqualTo("green");
    }

    @Test
    void takesTheFirstOfTheNamespacesSubnetsThatHasRoom() {
        subnets.bound = List.of(Place.in("blue"), Place.in("green"));
        assertThat(granted(wanted(WEB, null)).subnet().pool().subnet()).isEqualTo("blue");
        subnets.fill("blue");
        assertThat(granted(wanted(WEB, null)).subnet().pool().subnet()).isEqualTo("green");
    }

    @Test
    void doesNotFallBackToTheDefaultSubnetWhenTheNamespacesAreFull() {
        subnets.bound = List.of(Place.in("blue"));
        subnets.fill("blue");
        assertThat(refused(decide(wanted(WEB, null), null)).refusal().reason())
                .isEqualTo(Reason.NO_FREE_ADDRESS);
    }

    @Test
    void givesANodeAnAddressOfTheJoinSubnetAndAPodNever() {
        var node = new LeaseOwner(Kind.NODE, null, "n1", "uid-n");
        assertThat(granted(wanted(node, null)).subnet().pool().subnet()).isEqualTo("join");
        assertThat(refused(decide(wanted(WEB, "join"), null)).refusal().reason())
                .isEqualTo(Reason.SUBNET_NOT_FOR_PODS);
    }

    @Test
    void keepsWhatIsHeldWhateverIsSaidLater() {
        var lease = lease(WEB);
        assertThat(decide(wanted(WEB, "green"), lease)).isInstanceOf(LeaseDecision.Keep.class);
        assertThat(decide(new Claim.Unclear(WEB, "nonsense"), lease))
                .isEqualTo(new LeaseDecision.Keep(lease));
    }

    @Test
    void notesTheNodeOfAPodThatWasScheduled() {
        var claim = wanted(WEB, Lease.Usage.of(true).on("n1"), false, Wish.ANY);
        assertThat(decide(claim, lease(WEB)))
                .isInstanceOfSatisfying(
                        LeaseDecision.Keep.class,
                        keep -> assertThat(keep.lease().nodeName()).isEqualTo("n1"));
    }

    @Test
    void givesAnotherLifeOfTheNameANewLeaseAndEndsTheOld() {
        var old = lease(WEB);
        var grant = (LeaseDecision.Grant) decide(wanted(WEB_REBORN, null), old);
        assertThat(grant.replaced()).isEqualTo(old);
        assertThat(grant.request().seed()).contains("uid-2");
    }

    @Test
    void endsTheOldLeaseAlsoWhenTheNewLifeIsRefused() {
        var old = lease(WEB);
        assertThat(refused(decide(wanted(WEB_REBORN, "nowhere"), old)).replaced()).isEqualTo(old);
        assertThat(refused(decide(new Claim.Unclear(WEB_REBORN, "x"), old)).replaced())
                .isEqualTo(old);
    }

    @Test
    void grantsNothingNewToAPodThatIsBeingDeleted() {
        var ending = wanted(WEB, Lease.Usage.of(true), true, Wish.ANY);
        assertThat(decide(ending, null)).isInstanceOf(LeaseDecision.Nothing.class);
        assertThat(decide(ending, lease(WEB))).isInstanceOf(LeaseDecision.Keep.class);
    }

    @Test
    void releasesWhatNobodyClaims() {
        var lease = lease(WEB);
        assertThat(decide(new Claim.None(EndReason.OWNER_FINISHED), lease))
                .isEqualTo(new LeaseDecision.Release(lease, EndReason.OWNER_FINISHED));
        assertThat(decide(new Claim.None(EndReason.OWNER_GONE), null))
                .isInstanceOf(LeaseDecision.Nothing.class);
    }

    @Test
    void refusesAPortNameThatAnotherKindOfOwnerHolds() {
        var node = new LeaseOwner(Kind.NODE, null, "x.y", "uid-n");
        var pod = new LeaseOwner(Kind.POD, "y", "node-x", "uid-p");
        assertThat(node.key().port()).isEqualTo(pod.key().port());
        var refuse = refused(decide(wanted(pod, null), lease(node)));
        assertThat(refuse.refusal().reason()).isEqualTo(Reason.PORT_NAME_TAKEN);
        assertThat(refuse.replaced()).isNull();
    }

    @Test
    void saysWhyASubnetIsClosedOrMissing() {
        subnets.closed("shut");
        assertThat(refused(decide(wanted(WEB, "shut"), null)).refusal().reason())
                .isEqualTo(Reason.SUBNET_NOT_VALID);
        assertThat(refused(decide(wanted(WEB, "nowhere"), null)).refusal())
                .satisfies(
                        refusal -> {
                            assertThat(refusal.reason()).isEqualTo(Reason.NO_SUCH_SUBNET);
                            assertThat(refusal.message()).contains("logical_switch nowhere");
                        });
    }

    @Test
    void givesANodeAnotherAddressWhenTheOneItHadIsTaken() {
        subnets.fill("join", "100.64.0.9");
        var node = new LeaseOwner(Kind.NODE, null, "n1", "uid-n");
        var had = DualStack.parseAddresses("100.64.0.9");
        var claim =
                wanted(node, Lease.Usage.of(false).on("n1"), false, Wish.ANY.preferring(had, null));
        assertThat(granted(claim).request().fixed()).isNull();
        var insisting = wanted(WEB, Lease.Usage.of(false), false, Wish.of("green", had, null));
        assertThat(refused(decide(insisting, null)).refusal().reason())
                .isEqualTo(Reason.ADDRESS_OUTSIDE_SUBNET);
    }

    private LeaseDecision decide(Claim claim, @Nullable Lease current) {
        return LeaseDecision.of(claim, current, subnets, NOW);
    }

    private LeaseDecision.Grant granted(Claim claim) {
        return (LeaseDecision.Grant) decide(claim, null);
    }

    private static LeaseDecision.Refuse refused(LeaseDecision decision) {
        return (LeaseDecision.Refuse) decision;
    }

    private static Claim.Wanted wanted(LeaseOwner owner, @Nullable String subnet) {
        return wanted(owner, Lease.Usage.of(true), false, Wish.in(subnet));
    }

    private static Claim.Wanted wanted(
            LeaseOwner owner, Lease.Usage usage, boolean ending, Wish wish) {
        return new Claim.Wanted(owner, "ovn", "ovn", usage, ending, wish);
    }

    private static Lease lease(LeaseOwner owner) {
        return new Lease(
                new UUID(0, 1),
                owner.key().port(),
                owner,
                "ovn",
                Lease.Usage.of(true),
                "ovn-cluster",
                "ovn-default",
                DualStack.parseAddresses("10.16.0.2"),
                MacAddress.parse("0a:00:00:00:00:02"),
                Instant.EPOCH);
    }

    private static final class Known implements Subnets {
        private final Map<String, State> states = new HashMap<>();
        private List<Place> bound = List.of();

        Known serving(String name, String cidr) {
            states.put(name, new Serving("ovn-cluster", pool(name, cidr), "ovn", true));
            return this;
        }

        Known join(String cidr) {
            states.put("join", new Serving("ovn-cluster", pool("join", cidr), "ovn", false));
            return this;
        }

        void closed(String name) {
            states.put(name, new Closed(new Refusal(Reason.SUBNET_NOT_VALID, "wrong")));
        }

        void fill(String name) {
            var pool = ((Serving) states.get(name)).pool();
            for (int i = 0;
                    pool.reserve(AddressRequest.any("x" + i, "x" + i), NOW) instanceof Reservation;
                    i++) {}
        }

        void fill(String name, String address) {
            var pool = ((Serving) states.get(name)).pool();
            pool.reserve(
                    new AddressRequest(
                            "x", null, null, DualStack.parseAddresses(address), null, "x"),
                    NOW);
        }

        private static AddressPool pool(String name, String cidr) {
            var network = Cidr.parse(cidr);
            DualStack<IpAddress> gateway = new DualStack<>(network.hosts().first(), null);
            return new AddressPool(
                    name,
                    new DualStack<>(network, null),
                    gateway,
                    IpRangeSet.EMPTY,
                    MacAddress.parse("0a:00:00:00:00:01"));
        }

        @Override
        public Optional<State> find(String name) {
            return Optional.ofNullable(states.get(name));
        }

        @Override
        public List<Place> boundTo(String namespace) {
            return bound;
        }

        @Override
        public Optional<PoolState> pool(String name) {
            return Optional.empty();
        }

        @Override
        public List<Place> ofProvider(String provider) {
            return List.of();
        }

        @Override
        public boolean mayChoose(String namespace, String subnet) {
            return true;
        }
    }
}
