package dev.weft.node.host;

/** How far the node's leg on the fabric is. */
public sealed interface HostState {
    /** ovn0 has its addresses and routes. */
    record Ready() implements HostState {}

    /** Something is still to come, which will be noticed. */
    record Waiting(String what) implements HostState {}
}
