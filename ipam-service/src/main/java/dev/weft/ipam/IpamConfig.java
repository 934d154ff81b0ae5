package dev.weft.ipam;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** The service's own settings. */
@ConfigMapping(prefix = "weft")
public interface IpamConfig {

    /** Name of this instance; two live ones must not share it. */
    @WithDefault("${HOSTNAME:weft-ipam}")
    String instance();

    /** Namespace of the Lease by which instances agree on the one that writes. */
    @WithDefault("kube-system")
    String namespace();

    /** Where snapshots of the feeds come from. */
    Relay relay();

    /** Who knows OVN's ports. */
    Vpc vpc();

    /** Addresses of Services: one CIDR or one of each family. */
    @WithName("service-cidr")
    @WithDefault("10.96.0.0/12")
    String serviceCidr();

    /** Of addresses. */
    Ipam ipam();

    /** Where snapshots of the feeds come from. */
    interface Relay {
        /** Base URL of the relay, such as {@code http://relay:8080}. */
        URI url();
    }

    /** Who knows OVN's ports. */
    interface Vpc {
        /** Base URL of the vpc-service; without it leases are not compared with OVN. */
        Optional<URI> url();
    }

    /** Of addresses. */
    interface Ipam {
        /**
         * Whether a pod that does not say so by {@code port_security} is bound to its own
         * addresses.
         */
        @WithDefault("true")
        boolean portSecurity();

        /** How long a released address is not handed out unasked. */
        @WithDefault("PT1M")
        Duration quarantine();

        /**
         * Whether the pods of a KubeVirt machine share its addresses, which it keeps until it is
         * deleted.
         */
        @WithDefault("true")
        boolean keepVmIp();

        /** Whether a subnet that is bound to namespaces may be chosen by those alone. */
        @WithDefault("false")
        boolean restrictBoundSubnets();

        /** How long ended leases are remembered; for ever unless given. */
        Optional<Duration> historyRetention();

        /** AMQP address of a feed, as for {@link String#format}. */
        @WithDefault("%s")
        String amqpAddress();
    }
}
