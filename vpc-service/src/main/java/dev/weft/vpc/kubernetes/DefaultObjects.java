package dev.weft.vpc.kubernetes;

import dev.weft.bus.FeedView;
import dev.weft.bus.LoopOptions;
import dev.weft.bus.Outcome;
import dev.weft.bus.ReconcileLoop;
import dev.weft.kube.Names;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.kube.v1.Vpc;
import dev.weft.kube.v1.VpcSpec;
import dev.weft.vpc.VpcConfig;
import dev.weft.vpc.records.Records;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sees that there are the VPC and the two subnets that everything else builds on. One that is there
 * is left alone, whatever it says; one that was deleted comes again.
 */
@ApplicationScoped
public class DefaultObjects {

    private static final Logger LOG = LoggerFactory.getLogger(DefaultObjects.class);

    private final KubernetesClient kubernetes;
    private final Records records;
    private final ReconcileLoop<String> loop;
    private final Map<String, Supplier<HasMetadata>> objects = new LinkedHashMap<>();

    DefaultObjects(KubernetesClient kubernetes, Records records, VpcConfig config) {
        this.kubernetes = kubernetes;
        this.records = records;
        this.loop = new ReconcileLoop<>(LoopOptions.named("vpc.defaults"), this::ensure);
        objects.put(Names.DEFAULT_VPC, () -> new Vpc(Names.DEFAULT_VPC, VpcSpec.EMPTY));
        objects.put(
                Names.JOIN_SUBNET,
                () ->
                        new Subnet(
                                Names.JOIN_SUBNET,
                                SubnetSpec.builder()
                                        .vpc(Names.DEFAULT_VPC)
                                        .cidrBlock(config.joinSubnet().cidr().toString())
                                        .disableGatewayCheck(true)
                                        .build()));
        objects.put(
                Names.DEFAULT_SUBNET,
                () ->
                        new Subnet(
                                Names.DEFAULT_SUBNET,
                                SubnetSpec.builder()
                                        .isDefault(true)
                                        .vpc(Names.DEFAULT_VPC)
                                        .cidrBlock(config.defaultSubnet().cidr().toString())
                                        .natOutgoing(true)
                                        .build()));
    }

    /** Begins to make what is missing; all feeds must be in. */
    public void start() {
        records.vpcs().onChange(this::look);
        records.subnets().onChange(this::look);
        objects.keySet().forEach(loop::submit);
    }

    /** Takes no new work. */
    public void stop() throws InterruptedException {
        loop.stop(Duration.ofSeconds(2));
    }

    private void look(FeedView.Change<?> change) {
        if (change.after() == null && objects.containsKey(change.key())) {
            loop.submit(change.key());
        }
    }

    private Outcome ensure(String name) {
        if (known().contains(name)) {
            return Outcome.done();
        }
        try {
            kubernetes.resource(objects.get(name).get()).create();
            LOG.info("made {}", name);
            return Outcome.done();
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? Outcome.done()
                    : Outcome.failed(e);
        }
    }

    private Set<String> known() {
        var known = new HashSet<>(records.subnets().asMap().keySet());
        records.vpcs().get(Names.DEFAULT_VPC).ifPresent(vpc -> known.add(vpc.name()));
        return known;
    }
}
