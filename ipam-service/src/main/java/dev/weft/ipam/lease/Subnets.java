package dev.weft.ipam.lease;

import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.Refusal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a decision needs to know about subnets. Asked, never changed. */
public interface Subnets {

    /** How a subnet stands; empty when there is none of that name. */
    Optional<State> find(String name);

    /** How an IPPool stands; empty when there is none of that name. */
    Optional<PoolState> pool(String name);

    /**
     * Where the pods of a namespace get their addresses when they do not say: the pools bound to
     * it, else its VPC's default subnet and the subnets bound to it, in the order in which they are
     * tried.
     */
    List<Place> boundTo(String namespace);

    /** The subnets of a provider other than the primary one. */
    List<Place> ofProvider(String provider);

    /** Whether pods of the namespace may choose the subnet by name. */
    boolean mayChoose(String namespace, String subnet);

    /**
     * Where addresses may come from.
     *
     * @param pool the IPPool, null for the subnet's addresses that are in none
     */
    record Place(String subnet, @Nullable String pool) {

        /** Any address of a subnet that is in no pool. */
        public static Place in(String subnet) {
            return new Place(subnet, null);
        }

        @Override
        public String toString() {
            return pool == null ? subnet : pool + " of " + subnet;
        }
    }

    /** How a subnet stands. */
    sealed interface State {}

    /**
     * It hands out addresses.
     *
     * @param provider whose network it is
     * @param forPods whether pods may be in it
     */
    record Serving(String vpc, AddressPool pool, String provider, boolean forPods)
            implements State {}

    /** It does not. */
    record Closed(Refusal why) implements State {}

    /**
     * How an IPPool stands.
     *
     * @param refusal why it hands out nothing, null when it does
     */
    record PoolState(String subnet, @Nullable Refusal refusal) {}
}
