package dev.weft.kube.crd;

import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.IpPool;
import dev.weft.kube.v1.IpPoolSpec;
import dev.weft.kube.v1.IpPoolStatus;
import dev.weft.kube.v1.IpSpec;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.SubnetSpec;
import dev.weft.kube.v1.SubnetStatus;
import dev.weft.kube.v1.Vip;
import dev.weft.kube.v1.VipSpec;
import dev.weft.kube.v1.VipStatus;
import dev.weft.kube.v1.Vpc;
import dev.weft.kube.v1.VpcSpec;
import dev.weft.kube.v1.VpcStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The definitions of all kinds of ours, ready to be created in a cluster. */
public final class Crds {

    /** Kinds whose status is written with the object, as their users expect. */
    private static final Set<Class<?>> STATUS_IN_OBJECT = Set.of(Vip.class);

    private Crds() {}

    /** All of them. */
    public static List<CustomResourceDefinition> all() {
        return List.of(
                definition(Subnet.class, SubnetSpec.class, SubnetStatus.class),
                definition(Vpc.class, VpcSpec.class, VpcStatus.class),
                definition(Ip.class, IpSpec.class, null),
                definition(IpPool.class, IpPoolSpec.class, IpPoolStatus.class),
                definition(Vip.class, VipSpec.class, VipStatus.class));
    }

    private static CustomResourceDefinition definition(
            Class<? extends CustomResource<?, ?>> kind, Class<?> spec, @Nullable Class<?> status) {
        var schema =
                new JSONSchemaPropsBuilder()
                        .withType("object")
                        .addToProperties("spec", CrdSchema.of(spec));
        if (status != null) {
            schema.addToProperties("status", CrdSchema.of(status));
        }
        var version =
                new CustomResourceDefinitionVersionBuilder()
                        .withName(HasMetadata.getVersion(kind))
                        .withServed(true)
                        .withStorage(true)
                        .withAdditionalPrinterColumns(columns(kind))
                        .withNewSchema()
                        .withOpenAPIV3Schema(schema.build())
                        .endSchema();
        if (status != null && !STATUS_IN_OBJECT.contains(kind)) {
            version.withNewSubresources().withNewStatus().endStatus().endSubresources();
        }
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(CustomResource.getCRDName(kind))
                .endMetadata()
                .withNewSpec()
                .withGroup(HasMetadata.getGroup(kind))
                .withScope("Cluster")
                .withNewNames()
                .withKind(HasMetadata.getKind(kind))
                .withListKind(HasMetadata.getKind(kind) + "List")
                .withPlural(HasMetadata.getPlural(kind))
                .withSingular(HasMetadata.getSingular(kind))
                .withShortNames(CustomResource.getShortNames(kind))
                .endNames()
                .withVersions(version.build())
                .endSpec()
                .build();
    }

    private static List<CustomResourceColumnDefinition> columns(Class<?> kind) {
        return Stream.of(kind.getAnnotationsByType(PrinterColumn.class))
                .map(
                        column ->
                                new CustomResourceColumnDefinitionBuilder()
                                        .withName(column.name())
                                        .withJsonPath(column.path())
                                        .withType(column.type())
                                        .build())
                .toList();
    }
}
