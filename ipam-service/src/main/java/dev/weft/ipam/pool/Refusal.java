package dev.weft.ipam.pool;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Why a port gets no address.
 *
 * @param reason for programs
 * @param message for people: field, value, remedy; the same as long as the reason is
 * @param again when it may be otherwise by itself; null when only a change can help
 */
public record Refusal(Reason reason, String message, @Nullable Instant again)
        implements PoolAnswer {

    /** One that only a change can help. */
    public Refusal(Reason reason, String message) {
        this(reason, message, null);
    }

    /** The reasons, stable words that appear in events, problem details and metrics. */
    public enum Reason {
        /** An annotation cannot be read. */
        INVALID_ANNOTATION("InvalidAnnotation"),
        /** The subnet asked for, or the default one, does not exist. */
        NO_SUCH_SUBNET("NoSuchSubnet"),
        /** The subnet's spec is not valid. */
        SUBNET_NOT_VALID("SubnetNotValid"),
        /** The subnet is being deleted. */
        SUBNET_DELETING("SubnetDeleting"),
        /** The subnet is not for pods' primary interfaces. */
        SUBNET_NOT_FOR_PODS("SubnetNotForPods"),
        /** A family is asked for that the subnet does not have. */
        FAMILY_NOT_IN_SUBNET("FamilyNotInSubnet"),
        /** The address is not one of the subnet's. */
        ADDRESS_OUTSIDE_SUBNET("AddressOutsideSubnet"),
        /** The address is the subnet's gateway, network or broadcast address. */
        ADDRESS_NOT_USABLE("AddressNotUsable"),
        /** The address is held by another. */
        ADDRESS_TAKEN("AddressTaken"),
        /** The MAC is a group address or the gateway's. */
        MAC_NOT_USABLE("MacNotUsable"),
        /** The MAC is held by another. */
        MAC_TAKEN("MacTaken"),
        /** Another object's port has the same name. */
        PORT_NAME_TAKEN("PortNameTaken"),
        /** Nothing is left. */
        NO_FREE_ADDRESS("NoFreeAddress"),
        /** All that is left was released a moment ago. */
        IN_QUARANTINE("AddressesInQuarantine"),
        /** The named pool does not exist. */
        NO_SUCH_POOL("NoSuchIPPool"),
        /** The named pool's spec is not valid. */
        POOL_NOT_VALID("IPPoolNotValid"),
        /** The pool is of another subnet than the one asked for. */
        POOL_OF_OTHER_SUBNET("IPPoolOfOtherSubnet"),
        /** The pod's ordinal is beyond the end of its list. */
        ORDINAL_BEYOND_POOL("OrdinalBeyondPool"),
        /** The subnet is bound to other namespaces, which alone may use it here. */
        SUBNET_BOUND_TO_OTHERS("SubnetBoundToOthers"),
        /** A network is asked for that does not exist. */
        NO_SUCH_NETWORK("NoSuchNetwork"),
        /** The Vip asked for does not exist or has no address yet. */
        VIP_NOT_READY("VipNotReady");

        private final String word;

        Reason(String word) {
            this.word = word;
        }

        /** The reason as Kubernetes writes reasons, such as {@code AddressTaken}. */
        public String word() {
            return word;
        }
    }
}
