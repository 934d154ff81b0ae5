package dev.weft.vpc.kubernetes;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.weft.bus.Json;
import dev.weft.kube.Names;
import dev.weft.kube.v1.Condition;
import dev.weft.kube.v1.Conditions;
import dev.weft.kube.v1.Vpc;
import dev.weft.kube.v1.VpcSpec;
import dev.weft.kube.v1.VpcStatus;
import dev.weft.ovn.Applied;
import dev.weft.ovn.Obstacle;
import dev.weft.vpc.topology.VpcView;
import dev.weft.vpc.topology.World;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes what became of a VPC into its status, when it is something new. */
@ApplicationScoped
public class VpcStatusWriter {

    private final KubernetesClient kubernetes;
    private final Conditions conditions;

    VpcStatusWriter(KubernetesClient kubernetes, Clock clock) {
        this.kubernetes = kubernetes;
        this.conditions = new Conditions(clock);
    }

    /** Tells of what was applied. A VPC without an object has no status. */
    public void write(String name, World world, Applied applied, List<String> remarks) {
        var vpc = world.vpcs().get(name);
        if (vpc == null || vpc.deleting()) {
            return;
        }
        var after = status(vpc, world.subnetsOf(name), applied, remarks);
        if (!after.equals(vpc.status())) {
            patch(name, after);
        }
    }

    private void patch(String name, VpcStatus status) {
        try {
            // the object, not a resource by name, which the client would read first
            kubernetes
                    .resource(new Vpc(name, VpcSpec.EMPTY))
                    .subresource("status")
                    .patch(PatchContext.of(PatchType.JSON_MERGE), json(status));
        } catch (KubernetesClientException e) {
            // deleted a moment ago: the feed will tell
            if (e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                throw e;
            }
        }
    }

    VpcStatus status(VpcView vpc, List<String> subnets, Applied applied, List<String> remarks) {
        var obstacles =
                applied.changes().obstacles().stream()
                        .map(Obstacle::message)
                        .collect(Collectors.joining("; "));
        var ready = obstacles.isEmpty();
        var isDefault = vpc.name().equals(Names.DEFAULT_VPC);
        var defaultSwitch =
                isDefault
                        ? Names.DEFAULT_SUBNET
                        : Objects.requireNonNullElse(vpc.spec().defaultSubnet(), "");
        return vpc.status()
                .serving(isDefault, vpc.name(), emptyToNull(defaultSwitch), subnets, ready)
                .withConditions(
                        conditions.with(
                                vpc.status().conditions(),
                                Condition.READY,
                                ready,
                                ready ? "RouterReady" : "RouterBlocked",
                                ready ? String.join("; ", remarks) : obstacles,
                                vpc.generation()));
    }

    private static @Nullable String emptyToNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static String json(VpcStatus status) {
        try {
            return Json.mapper().writeValueAsString(Map.of("status", status));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a status did not print as JSON", e);
        }
    }
}
