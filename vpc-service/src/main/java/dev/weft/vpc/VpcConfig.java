package dev.weft.vpc;

import dev.weft.net.Cidr;
import dev.weft.net.DualStack;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithConverter;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.net.URI;
import org.eclipse.microprofile.config.spi.Converter;

/** All settings of the vpc-service; as environment variables {@code WEFT_OVN_NB} and so on. */
@ConfigMapping(prefix = "weft")
public interface VpcConfig {

    /** Name of this instance in the Lease; two live instances must not share it. */
    @WithDefault("${HOSTNAME:weft-vpc}")
    String instance();

    /** Namespace of the Lease {@code weft-vpc}. */
    @WithDefault("kube-system")
    String namespace();

    /** Whether one instance is chosen by a Lease; without, OVN's lock alone keeps others out. */
    @WithDefault("true")
    boolean leaderElection();

    Relay relay();

    Ipam ipam();

    Ovn ovn();

    @WithName("default-subnet")
    DefaultSubnet defaultSubnet();

    @WithName("join-subnet")
    JoinSubnet joinSubnet();

    /** Addresses of Services; the first of each CIDR is the API server's. */
    @WithName("service-cidr")
    @WithDefault("10.96.0.0/12")
    @WithConverter(CidrsConverter.class)
    DualStack<Cidr> serviceCidr();

    /** Whether ports drop what is sent from addresses that are not theirs. */
    @WithDefault("true")
    boolean portSecurity();

    /** How many objects are worked on at once; their changes share transactions. */
    @WithDefault("256")
    int parallelism();

    /** Where pods, nodes, subnets and VPCs come from. */
    interface Relay {
        /** Base URL of the relay-service. */
        @WithDefault("http://localhost:8081")
        URI url();
    }

    /** Where leases come from. */
    interface Ipam {
        /** Base URL of the ipam-service. */
        @WithDefault("http://localhost:8082")
        URI url();
    }

    /** The northbound database. */
    interface Ovn {
        /** Its endpoints, separated by commas: {@code unix:/path}, {@code tcp:host:port}. */
        @WithDefault("unix:/run/ovn/ovnnb_db.sock")
        String nb();
    }

    /** The subnet that is made when it is missing, for all who name no other. */
    interface DefaultSubnet {
        @WithDefault("10.16.0.0/16,fd00:10:16::/112")
        @WithConverter(CidrsConverter.class)
        DualStack<Cidr> cidr();
    }

    /** The subnet that is made when it is missing, for the nodes. */
    interface JoinSubnet {
        @WithDefault("100.64.0.0/16,fd00:100:64::/112")
        @WithConverter(CidrsConverter.class)
        DualStack<Cidr> cidr();
    }

    /** Reads one CIDR, or one of each family. */
    final class CidrsConverter implements Converter<DualStack<Cidr>> {
        private static final long serialVersionUID = 1L;

        @Override
        public DualStack<Cidr> convert(String text) {
            return DualStack.parseCidrs(text);
        }
    }
}
