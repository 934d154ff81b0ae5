package dev.weft.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.lab.Lab;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The contents of the northbound database without UUIDs: references are written as what they refer
 * to.
 */
final class NorthboundPicture {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TABLES =
            List.of(
                    "Logical_Switch",
                    "Logical_Switch_Port",
                    "Logical_Router",
                    "Logical_Router_Port",
                    "Logical_Router_Static_Route",
                    "Logical_Router_Policy",
                    "Port_Group",
                    "Address_Set",
                    "ACL",
                    "NAT",
                    "Load_Balancer",
                    "DHCP_Options");

    /** UUID → columns. */
    private final Map<String, Map<String, JsonNode>> rows = new LinkedHashMap<>();

    /** UUID → table. */
    private final Map<String, String> tables = new LinkedHashMap<>();

    private NorthboundPicture() {}

    /** A line for each row, sorted. */
    static SortedSet<String> of(Lab lab) {
        NorthboundPicture picture = new NorthboundPicture();
        TABLES.forEach(table -> picture.read(lab, table));
        SortedSet<String> lines = new TreeSet<>();
        picture.rows.keySet().forEach(uuid -> lines.add(picture.line(uuid)));
        return lines;
    }

    private void read(Lab lab, String table) {
        try {
            JsonNode answer =
                    JSON.readTree(lab.central().nbctl("--format=json", "list", table).output());
            List<String> headings = new ArrayList<>();
            answer.path("headings").forEach(heading -> headings.add(heading.asText()));
            for (JsonNode data : answer.path("data")) {
                Map<String, JsonNode> columns = new TreeMap<>();
                for (int i = 0; i < headings.size(); i++) {
                    columns.put(headings.get(i), data.get(i));
                }
                String uuid = columns.remove("_uuid").get(1).asText();
                rows.put(uuid, columns);
                tables.put(uuid, table);
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String line(String uuid) {
        StringBuilder line = new StringBuilder(tables.getOrDefault(uuid, "?"));
        rows.getOrDefault(uuid, Map.of())
                .forEach(
                        (column, value) ->
                                line.append(' ').append(column).append('=').append(text(value)));
        return line.toString();
    }

    private String text(JsonNode value) {
        if (!value.isArray() || value.size() != 2) {
            return value.toString();
        }
        return switch (value.get(0).asText()) {
            case "uuid" -> reference(value.get(1).asText());
            case "set" -> {
                SortedSet<String> members = new TreeSet<>();
                value.get(1).forEach(member -> members.add(text(member)));
                yield members.toString();
            }
            case "map" -> {
                SortedSet<String> entries = new TreeSet<>();
                value.get(1)
                        .forEach(
                                entry ->
                                        entries.add(
                                                entry.get(0).asText() + ":" + text(entry.get(1))));
                yield entries.toString();
            }
            default -> value.toString();
        };
    }

    /** A row that has a name by its name, one that has none by its contents. */
    private String reference(String uuid) {
        JsonNode name = rows.getOrDefault(uuid, Map.of()).get("name");
        boolean named = name != null && name.isTextual() && !name.asText().isEmpty();
        return named ? tables.get(uuid) + ":" + name.asText() : "{" + line(uuid) + "}";
    }
}
