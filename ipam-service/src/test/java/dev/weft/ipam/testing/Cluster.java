package dev.weft.ipam.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weft.ipam.term.Ipam;
import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceList;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.PodResource;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.core.ThrowingRunnable;

/**
 * The cluster that the service under test works for: creates objects in it, as users do, and reads
 * what the service wrote. Pods live in the namespace {@code shop}.
 */
@Singleton
public class Cluster {

    /** What our annotations' names begin with. */
    public static final String ANNOTATION = "ovn.kubernetes.io/";

    private static final String NAMESPACE = "shop";

    private final KubernetesClient kubernetes;
    private final Ipam ipam;
    private final AtomicInteger names = new AtomicInteger();

    Cluster(KubernetesClient kubernetes, Ipam ipam) {
        this.kubernetes = kubernetes;
        this.ipam = ipam;
    }

    /** Waits until the service leads; the two subnets of every cluster are there then. */
    public void awaitActive() {
        eventually(() -> assertThat(ipam.phase()).isEqualTo("active"));
        if (subnet("ovn-default").get() == null) {
            create(subnet("ovn-default", "10.16.0.0/16,fd00:10:16::/112"));
            create(subnet("join", "100.64.0.0/16,fd00:100:64::/112"));
        }
    }

    /** A number that no other test has had, for names. */
    public int next() {
        return names.getAndIncrement();
    }

    public KubernetesClient kubernetes() {
        return kubernetes;
    }

    public NonNamespaceOperation<Pod, PodList, PodResource> pods() {
        return kubernetes.pods().inNamespace(NAMESPACE);
    }

    public Resource<Subnet> subnet(String name) {
        return kubernetes.resources(Subnet.class).withName(name);
    }

    public Resource<Ip> ip(String name) {
        return kubernetes.resources(Ip.class).withName(name);
    }

    public void create(HasMetadata object) {
        kubernetes.resource(object).create();
    }

    public void deletePod(String name) {
        pods().withName(name).delete();
    }

    /** Waits until the service knows the subnet. */
    public void awaitSubnet(String name) {
        eventually(() -> assertThat(ipam.active().orElseThrow().book().subnet(name)).isPresent());
    }

    /** Waits until the pod has its lease; its addresses as annotated. */
    public String awaitAddress(String pod) {
        eventually(
                () ->
                        assertThat(annotations(pod))
                                .containsKey(ANNOTATION + "ip_address")
                                .containsEntry(ANNOTATION + "allocated", "true"));
        return annotations(pod).get(ANNOTATION + "ip_address");
    }

    public Map<String, String> annotations(String pod) {
        var annotations = pods().withName(pod).get().getMetadata().getAnnotations();
        return annotations == null ? Map.of() : annotations;
    }

    /** The events about the pod. */
    public List<Event> events(String pod) {
        return kubernetes.v1().events().inNamespace(NAMESPACE).list().getItems().stream()
                .filter(event -> pod.equals(event.getInvolvedObject().getName()))
                .toList();
    }

    /** Objects of a kind of others, version v1. */
    public static MixedOperation<
                    GenericKubernetesResource,
                    GenericKubernetesResourceList,
                    Resource<GenericKubernetesResource>>
            generic(KubernetesClient client, String group, String kind) {
        var plural =
                kind.equals("NetworkAttachmentDefinition")
                        ? "network-attachment-definitions"
                        : kind.toLowerCase(java.util.Locale.ROOT) + "s";
        return client.genericKubernetesResources(
                new ResourceDefinitionContext.Builder()
                        .withGroup(group)
                        .withVersion("v1")
                        .withKind(kind)
                        .withPlural(plural)
                        .withNamespaced(true)
                        .build());
    }

    /** A subnet of the default VPC. */
    public static Subnet subnet(String name, String cidrs) {
        return new Subnet(name, SubnetSpec.builder().cidrBlock(cidrs).build());
    }

    public static Pod pod(String name, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(NAMESPACE)
                .withAnnotations(annotations)
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName("c")
                .withImage("i")
                .endContainer()
                .endSpec()
                .build();
    }

    /** Passes when the assertion holds within 30 s. */
    public static void eventually(ThrowingRunnable assertion) {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(assertion);
    }
}
