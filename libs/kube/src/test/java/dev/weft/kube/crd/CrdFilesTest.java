package dev.weft.kube.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Writes the definitions to {@code deploy/k8s/crds} with {@code -Dweft.crds=write}, otherwise
 * checks that what lies there is what the records say.
 */
class CrdFilesTest {

    private static final Path FOLDER = Path.of("../../deploy/k8s/crds");
    private static final String REGENERATE =
            "mvn test -pl libs/kube -am -Dtest=CrdFilesTest -Dsurefire.failIfNoSpecifiedTests=false"
                    + " -Dweft.crds=write";
    private static final String HEADER =
            """
            # Generated from dev.weft.kube.v1 by dev.weft.kube.crd.Crds; do not edit. To regenerate:
            # %s
            """
                    .formatted(REGENERATE);

    static List<CustomResourceDefinition> definitions() {
        return Crds.all();
    }

    @ParameterizedTest
    @MethodSource("definitions")
    void checkedInFilesAreWhatTheRecordsSay(CustomResourceDefinition definition)
            throws IOException {
        var file = FOLDER.resolve(definition.getMetadata().getName() + ".yaml");
        var yaml = HEADER + new KubernetesSerialization().asYaml(definition);
        if ("write".equals(System.getProperty("weft.crds"))) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, yaml);
        }
        assertThat(file).as("missing: run %s", REGENERATE).exists();
        assertThat(Files.readString(file)).as("stale: run %s", REGENERATE).isEqualTo(yaml);
    }

    @Test
    void printsTheColumnsThatThePeerPrints() {
        assertThat(columns("subnets.kubeovn.io"))
                .containsExactly(
                        "Provider",
                        "Vpc",
                        "Vlan",
                        "Protocol",
                        "CIDR",
                        "Private",
                        "NAT",
                        "Default",
                        "GatewayType",
                        "V4Used",
                        "V4Available",
                        "V6Used",
                        "V6Available",
                        "ExcludeIPs",
                        "U2OInterconnectionIP");
        assertThat(columns("ips.kubeovn.io"))
                .containsExactly("V4IP", "V6IP", "Mac", "Node", "Subnet");
        assertThat(columns("vpcs.kubeovn.io"))
                .containsExactly(
                        "EnableExternal",
                        "EnableBfd",
                        "Standby",
                        "Subnets",
                        "ExtraExternalSubnets",
                        "Namespaces",
                        "DefaultSubnet",
                        "Age");
    }

    @Test
    void onlyIpAndVipHaveNoStatusSubresource() {
        assertThat(Crds.all())
                .filteredOn(crd -> crd.getSpec().getVersions().getFirst().getSubresources() == null)
                .extracting(crd -> crd.getSpec().getNames().getKind())
                .containsExactly("IP", "Vip");
    }

    private static List<String> columns(String name) {
        return Crds.all().stream()
                .filter(crd -> crd.getMetadata().getName().equals(name))
                .flatMap(
                        crd ->
                                crd
                                        .getSpec()
                                        .getVersions()
                                        .getFirst()
                                        .getAdditionalPrinterColumns()
                                        .stream())
                .map(CustomResourceColumnDefinition::getName)
                .toList();
    }
}
