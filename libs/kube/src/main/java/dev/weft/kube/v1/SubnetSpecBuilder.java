package dev.weft.kube.v1;

import io.fabric8.kubernetes.api.model.LabelSelector;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sets the fields of a {@link SubnetSpec} that our own services write; manifests carry the rest.
 */
public final class SubnetSpecBuilder {

    private @Nullable Boolean isDefault;
    private @Nullable String vpc;
    private @Nullable String protocol;
    private List<String> namespaces = List.of();
    private List<LabelSelector> namespaceSelectors = List.of();
    private @Nullable String cidrBlock;
    private @Nullable String gateway;
    private List<String> excludeIps = List.of();
    private @Nullable String provider;
    private @Nullable String gatewayType;
    private @Nullable Boolean natOutgoing;
    private @Nullable Long mtu;
    private @Nullable Boolean isPrivate;
    private List<String> allowSubnets = List.of();
    private @Nullable Boolean disableGatewayCheck;

    SubnetSpecBuilder() {}

    public SubnetSpecBuilder isDefault(boolean value) {
        isDefault = value;
        return this;
    }

    public SubnetSpecBuilder vpc(String value) {
        vpc = value;
        return this;
    }

    public SubnetSpecBuilder protocol(String value) {
        protocol = value;
        return this;
    }

    public SubnetSpecBuilder namespaces(String... values) {
        namespaces = List.of(values);
        return this;
    }

    public SubnetSpecBuilder namespaceSelectors(LabelSelector... values) {
        namespaceSelectors = List.of(values);
        return this;
    }

    public SubnetSpecBuilder cidrBlock(String value) {
        cidrBlock = value;
        return this;
    }

    public SubnetSpecBuilder gateway(String value) {
        gateway = value;
        return this;
    }

    public SubnetSpecBuilder excludeIps(String... values) {
        excludeIps = List.of(values);
        return this;
    }

    public SubnetSpecBuilder provider(String value) {
        provider = value;
        return this;
    }

    public SubnetSpecBuilder gatewayType(String value) {
        gatewayType = value;
        return this;
    }

    public SubnetSpecBuilder natOutgoing(boolean value) {
        natOutgoing = value;
        return this;
    }

    public SubnetSpecBuilder mtu(long value) {
        mtu = value;
        return this;
    }

    public SubnetSpecBuilder isPrivate(boolean value) {
        isPrivate = value;
        return this;
    }

    public SubnetSpecBuilder allowSubnets(String... values) {
        allowSubnets = List.of(values);
        return this;
    }

    public SubnetSpecBuilder disableGatewayCheck(boolean value) {
        disableGatewayCheck = value;
        return this;
    }

    /** The spec with what was set. */
    public SubnetSpec build() {
        return new SubnetSpec(
                isDefault,
                vpc,
                protocol,
                namespaces,
                namespaceSelectors,
                cidrBlock,
                gateway,
                excludeIps,
                provider,
                gatewayType,
                null,
                List.of(),
                natOutgoing,
                List.of(),
                null,
                null,
                null,
                mtu,
                isPrivate,
                allowSubnets,
                null,
                List.of(),
                null,
                List.of(),
                null,
                disableGatewayCheck,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Map.of());
    }
}
