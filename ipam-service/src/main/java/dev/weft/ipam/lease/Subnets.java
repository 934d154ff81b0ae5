package dev.weft.ipam.lease;

import dev.weft.ipam.pool.AddressPool;
import dev.weft.ipam.pool.Refusal;
import java.util.List;
import java.util.Optional;

/** What a decision needs to know about subnets. Asked, never changed. */
public interface Subnets {

    /** How a subnet stands; empty when there is none of that name. */
    Optional<State> find(String name);

    /** The subnets bound to a namespace, in the order in which they are tried. */
    List<String> boundTo(String namespace);

    /** How a subnet stands. */
    sealed interface State {}

    /**
     * It hands out addresses.
     *
     * @param forPods whether a pod's primary interface may be in it
     */
    record Serving(String vpc, AddressPool pool, boolean forPods) implements State {}

    /** It does not. */
    record Closed(Refusal why) implements State {}
}
