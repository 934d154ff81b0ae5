package dev.weft.ipam.lease;

import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import dev.weft.net.MacAddress;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Addresses held by an owner's port.
 *
 * @param id of this lease in the ledger and its history
 * @param port the logical port's name
 * @param provider of the port's network, see {@link PortKey}
 * @param usage what of it may change while it lasts
 * @param addresses none in a subnet that manages MACs only
 * @param since when it was granted
 */
public record Lease(
        UUID id,
        String port,
        LeaseOwner owner,
        String provider,
        Usage usage,
        String vpc,
        String subnet,
        DualStack<IpAddress> addresses,
        MacAddress mac,
        Instant since) {

    /**
     * How the owner uses it at present.
     *
     * @param nodeName the node that the owner is on, null while a pod is not scheduled
     * @param serviceAccount of the pod, null where there is none
     * @param keeper what keeps the addresses when the owner goes, null for nothing
     * @param portSecurity whether the port may use its own addresses only
     */
    public record Usage(
            @Nullable String nodeName,
            @Nullable String serviceAccount,
            @Nullable Keeper keeper,
            boolean portSecurity) {

        /** On no node, kept by nothing. */
        public static Usage of(boolean portSecurity) {
            return new Usage(null, null, null, portSecurity);
        }

        /** The same on another node. */
        public Usage on(@Nullable String otherNode) {
            return new Usage(otherNode, serviceAccount, keeper, portSecurity);
        }
    }

    /** Which interface of whom it is. */
    public PortKey key() {
        return new PortKey(owner.key(), provider);
    }

    /** What keeps the addresses when the owner goes, null for nothing. */
    public @Nullable Keeper keeper() {
        return usage.keeper();
    }

    /** The node that the owner is on, null while a pod is not scheduled. */
    public @Nullable String nodeName() {
        return usage.nodeName();
    }

    /** Whether the port may use its own addresses only. */
    public boolean portSecurity() {
        return usage.portSecurity();
    }

    /** The same lease in another use. */
    public Lease amended(Usage other) {
        return new Lease(id, port, owner, provider, other, vpc, subnet, addresses, mac, since);
    }
}
