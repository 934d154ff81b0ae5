package dev.weft.e2e;

import dev.weft.lab.Lab;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaPropsBuilder;
import java.util.List;
import java.util.Locale;

/**
 * Kinds of KubeVirt and Multus that our services know: their definitions alone, open to anything.
 */
final class ForeignKinds {

    private static final List<CustomResourceDefinition> ALL =
            List.of(
                    definition("kubevirt.io", "VirtualMachine", "virtualmachines"),
                    definition("kubevirt.io", "VirtualMachineInstance", "virtualmachineinstances"),
                    definition(
                            "k8s.cni.cncf.io",
                            "NetworkAttachmentDefinition",
                            "network-attachment-definitions"));

    private ForeignKinds() {}

    static void install(Lab lab) {
        ALL.forEach(definition -> lab.kube().resource(definition).serverSideApply());
    }

    static void remove(Lab lab) {
        ALL.forEach(definition -> lab.kube().resource(definition).delete());
    }

    private static CustomResourceDefinition definition(String group, String kind, String plural) {
        return new CustomResourceDefinitionBuilder()
                .withNewMetadata()
                .withName(plural + "." + group)
                // the API server wants its consent for groups under k8s.io
                .addToAnnotations("api-approved.kubernetes.io", "unapproved, a test")
                .endMetadata()
                .withNewSpec()
                .withGroup(group)
                .withScope("Namespaced")
                .withNewNames()
                .withKind(kind)
                .withListKind(kind + "List")
                .withPlural(plural)
                .withSingular(kind.toLowerCase(Locale.ROOT))
                .endNames()
                .addNewVersion()
                .withName("v1")
                .withServed(true)
                .withStorage(true)
                .withNewSchema()
                .withOpenAPIV3Schema(
                        new JSONSchemaPropsBuilder()
                                .withType("object")
                                .withXKubernetesPreserveUnknownFields(true)
                                .build())
                .endSchema()
                .endVersion()
                .endSpec()
                .build();
    }
}
