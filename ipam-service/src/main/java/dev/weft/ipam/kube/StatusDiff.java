package dev.weft.ipam.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weft.bus.Json;

/** Which fields of a status read otherwise now, as a JSON merge patch. */
final class StatusDiff {

    private StatusDiff() {}

    /** The patch that turns the one into the other; empty when they are equal. */
    static ObjectNode of(Object is, Object shall) {
        JsonNode before = Json.mapper().valueToTree(is);
        ObjectNode after = Json.mapper().valueToTree(shall);
        var changed = Json.mapper().createObjectNode();
        after.properties()
                .forEach(
                        field -> {
                            if (!field.getValue().equals(before.get(field.getKey()))) {
                                changed.set(field.getKey(), field.getValue());
                            }
                        });
        // what is empty is not written at all, so what was there has to be taken away
        before.fieldNames()
                .forEachRemaining(
                        field -> {
                            if (!after.has(field)) {
                                changed.putNull(field);
                            }
                        });
        return changed;
    }
}
