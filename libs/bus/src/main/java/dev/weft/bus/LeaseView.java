package dev.weft.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An address lease as others than the ipam-service see it: the object of feed {@link Feeds#LEASE},
 * whose key is the port name.
 *
 * @param portName the logical port, {@code <pod>.<namespace>} or {@code node-<node>}
 * @param ownerKind {@code Pod} or {@code Node}
 * @param namespace the owner's, null for a Node
 * @param name the owner's
 * @param nodeName the node that the owner is on, null as long as a pod is not scheduled
 * @param vpc the VPC's name, {@code ovn-cluster} by default
 * @param subnet the Subnet's name
 * @param addresses one or two; in JSON {@code "10.16.0.5,fd00:10:16::5"}
 * @param mac lower case, with colons
 * @param portSecurity whether packets from other source addresses are dropped
 * @param since when it was leased
 */
@JsonInclude(Include.NON_NULL)
public record LeaseView(
        String portName,
        String ownerKind,
        @Nullable String namespace,
        String name,
        @Nullable String nodeName,
        String vpc,
        String subnet,
        @JsonSerialize(using = ToStringSerializer.class)
                @JsonDeserialize(using = AddressesReader.class)
                DualStack<IpAddress> addresses,
        String mac,
        boolean portSecurity,
        Instant since) {

    /** Reads {@code "v4,v6"}. */
    static final class AddressesReader extends JsonDeserializer<DualStack<IpAddress>> {
        @Override
        public DualStack<IpAddress> deserialize(JsonParser json, DeserializationContext context)
                throws IOException {
            return DualStack.parseAddresses(json.getText());
        }
    }
}
