package dev.weft.ipam;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;

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

    /** Of addresses. */
    Ipam ipam();

    /** Where snapshots of the feeds come from. */
    interface Relay {
        /** Base URL of the relay, such as {@code http://relay:8080}. */
        URI url();
    }

    /** Of addresses. */
    interface Ipam {
        /**
         * Whether a pod that does not say so by {@code port_security} is bound to its own
         * addresses.
         */
        @WithDefault("true")
        boolean portSecurity();

        /** AMQP address of a feed, as for {@link String#format}. */
        @WithDefault("%s")
        String amqpAddress();
    }
}
