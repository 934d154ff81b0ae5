package dev.weft.ipam.lease;

import dev.weft.kube.PodView;
import dev.weft.kube.StatefulSetView;
import dev.weft.kube.VmView;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What keeps the addresses of one owner's ports. */
final class Keepers {

    private final OwnerKey owner;
    private final Facts facts;
    private final Map<String, Facts.Reserved> reserved;

    Keepers(OwnerKey owner, Facts facts, Map<String, Facts.Reserved> reserved) {
        this.owner = owner;
        this.facts = facts;
        this.reserved = reserved;
    }

    /** What will keep the pod's address when it goes, null for nothing. */
    @Nullable Keeper of(PodView pod, String provider) {
        var mine = reserved.get(provider);
        if (mine != null && mine.problem() == null) {
            return mine.keeper();
        }
        if (pod.ownerKind() == null || pod.ownerName() == null || pod.ownerUid() == null) {
            return null;
        }
        return switch (pod.ownerKind()) {
            case "StatefulSet" ->
                    new Keeper(Keeper.Kind.STATEFUL_SET, pod.ownerName(), pod.ownerUid());
            case VmView.INSTANCE ->
                    facts.keepsMachineAddresses()
                            ? machine(pod.ownerName())
                                    .map(
                                            machine ->
                                                    new Keeper(
                                                            Keeper.Kind.VIRTUAL_MACHINE,
                                                            machine.name(),
                                                            machine.uid()))
                                    .orElse(null)
                            : null;
            default -> null;
        };
    }

    /** Whether what keeps an address is still there. */
    boolean isAlive(Keeper keeper) {
        return switch (keeper.kind()) {
            case RESERVATION ->
                    reserved.values().stream().anyMatch(one -> one.keeper().equals(keeper));
            case VIRTUAL_MACHINE ->
                    machine(keeper.name())
                            .filter(machine -> machine.uid().equals(keeper.uid()))
                            .filter(machine -> !machine.deleting())
                            .isPresent();
            case STATEFUL_SET ->
                    facts.statefulSet(owner.namespace(), keeper.name())
                            .filter(set -> set.uid().equals(keeper.uid()))
                            .filter(this::hasOwner)
                            .isPresent();
        };
    }

    private boolean hasOwner(StatefulSetView set) {
        var ordinal = StatefulSetView.ordinal(set.name(), owner.name());
        return ordinal.isPresent() && set.has(ordinal.getAsInt());
    }

    /** The machine; one that is made without a VirtualMachine is as good as its instance. */
    private Optional<VmView> machine(String name) {
        return facts.machine(owner.namespace(), name)
                .or(() -> facts.machineInstance(owner.namespace(), name));
    }
}
