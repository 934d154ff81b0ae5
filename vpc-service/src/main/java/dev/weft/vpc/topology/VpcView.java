package dev.weft.vpc.topology;

import dev.weft.kube.v1.Vpc;
import dev.weft.kube.v1.VpcSpec;
import dev.weft.kube.v1.VpcStatus;
import java.util.Objects;

/** A VPC as this service keeps it. */
public record VpcView(
        String name, long generation, boolean deleting, VpcSpec spec, VpcStatus status) {

    /** The view of an object. */
    public static VpcView of(Vpc vpc) {
        var meta = vpc.getMetadata();
        return new VpcView(
                meta.getName(),
                Objects.requireNonNullElse(meta.getGeneration(), 0L),
                meta.getDeletionTimestamp() != null,
                Objects.requireNonNullElse(vpc.getSpec(), VpcSpec.EMPTY),
                Objects.requireNonNullElse(vpc.getStatus(), VpcStatus.EMPTY));
    }
}
