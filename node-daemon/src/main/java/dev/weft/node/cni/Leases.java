package dev.weft.node.cni;

import dev.weft.cni.CniErrorCode;
import dev.weft.cni.CniException;
import dev.weft.cni.CniPod;
import dev.weft.kube.Allocation;
import dev.weft.kube.Annotations;
import dev.weft.kube.Parsed;
import dev.weft.kube.PodRequest;
import dev.weft.kube.PodView;
import dev.weft.node.kube.PodStore;
import dev.weft.node.util.Cancellation;
import java.util.List;
import java.util.Optional;

/** What IPAM decided for a pod, waited for. */
final class Leases {
    /**
     * @param routes further routes that the pod asks for
     */
    record Lease(Allocation allocation, List<PodRequest.Route> routes) {}

    private final PodStore pods;

    Leases(PodStore pods) {
        this.pods = pods;
    }

    /**
     * The lease of the pod's interface of that provider, as soon as the pod's annotations tell.
     *
     * @throws CniException when what the pod asks for is refused, or time is over
     */
    Lease await(CniPod pod, String provider, Deadline deadline, Cancellation cancellation) {
        return pods.gate()
                .await(pod.toString(), () -> look(pod, provider), deadline.left(), cancellation)
                .orElseThrow(() -> tooLate(pod, provider, deadline));
    }

    private Optional<Lease> look(CniPod pod, String provider) {
        Optional<PodView> known = current(pod);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        var request =
                switch (PodRequest.parse(known.get().annotations(), provider)) {
                    case Parsed.Valid<PodRequest>(var value) -> value;
                    case Parsed.Refused<PodRequest> refused ->
                            throw refused(pod, refused.message());
                };
        return Allocation.parse(known.get().annotations(), provider)
                .map(
                        parsed ->
                                switch (parsed) {
                                    case Parsed.Valid<Allocation>(var allocation) ->
                                            new Lease(allocation, request.routes());
                                    case Parsed.Refused<Allocation> refused ->
                                            throw refused(pod, refused.message());
                                });
    }

    /** The pod as it is now; one of the same name that was there before is not the one meant. */
    private Optional<PodView> current(CniPod pod) {
        return pods.get(pod.toString())
                .filter(known -> pod.uid() == null || pod.uid().equals(known.uid()));
    }

    private CniException tooLate(CniPod pod, String provider, Deadline deadline) {
        String allocated = Annotations.of(provider, Annotations.ALLOCATED);
        String details =
                current(pod)
                        .map(
                                _ ->
                                        "waited "
                                                + deadline
                                                + " for annotation "
                                                + allocated
                                                + ": ipam has not leased an address to the pod; its Events say why")
                        .or(
                                () ->
                                        pods.get(pod.toString())
                                                .map(
                                                        other ->
                                                                "waited "
                                                                        + deadline
                                                                        + " for the pod of UID "
                                                                        + pod.uid()
                                                                        + "; the one of that name on this node has UID "
                                                                        + other.uid()))
                        .orElse(
                                "waited "
                                        + deadline
                                        + "; the API server has not told of such a pod on this node");
        return new CniException(CniErrorCode.TRY_AGAIN_LATER, "no address for pod " + pod, details);
    }

    private static CniException refused(CniPod pod, String why) {
        return new CniException(CniErrorCode.POD_REFUSED, "pod " + pod + " is refused", why);
    }
}
