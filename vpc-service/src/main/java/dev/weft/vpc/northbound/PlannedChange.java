package dev.weft.vpc.northbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.annotation.JsonSerialize;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import dev.weft.bus.Json;
import dev.weft.ovn.ChangeSet;
import dev.weft.ovn.Owner;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What would change for one owner.
 *
 * @param inSync whether its rows are as they should be
 * @param refusal why its object is not served, if it is not: then its rows are left alone
 * @param remarks what of its spec is not acted upon
 * @param changes the change set
 * @param text the change set for people
 */
public record PlannedChange(
        @JsonSerialize(using = ToStringSerializer.class) Owner owner,
        boolean inSync,
        @Nullable String refusal,
        List<String> remarks,
        JsonNode changes,
        String text) {

    static PlannedChange refused(Owner owner, String reason) {
        return new PlannedChange(
                owner,
                false,
                reason,
                List.of(),
                JsonNodeFactory.instance.objectNode(),
                "refused: " + reason);
    }

    static PlannedChange of(ChangeSet changes, List<String> remarks) {
        try {
            return new PlannedChange(
                    changes.owner(),
                    changes.isEmpty(),
                    null,
                    remarks,
                    Json.mapper().readTree(changes.toJson()),
                    changes.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a change set did not print as JSON", e);
        }
    }
}
