package dev.weft.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.lab.Lab;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
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

    private NorthboundPicture() {}

    /** A line for each row, sorted. */
    static SortedSet<String> of(Lab lab) {
        Map<String, String> rows = new HashMap<>();
        Map<String, String> names = new HashMap<>();
        for (String table : TABLES) {
            read(lab, table, rows, names);
        }
        SortedSet<String> picture = new TreeSet<>();
        for (String row : rows.values()) {
            String text = row;
            for (Map.Entry<String, String> name : names.entrySet()) {
                text = text.replace(name.getKey(), name.getValue());
            }
            // what has no name is told by its contents
            for (Map.Entry<String, String> other : rows.entrySet()) {
                if (!names.containsKey(other.getKey())) {
                    text = text.replace(other.getKey(), "{" + other.getValue() + "}");
                }
            }
            picture.add(sortedSets(text));
        }
        return picture;
    }

    private static void read(
            Lab lab, String table, Map<String, String> rows, Map<String, String> names) {
        try {
            JsonNode answer =
                    JSON.readTree(lab.central().nbctl("--format=json", "list", table).output());
            List<String> headings = new ArrayList<>();
            answer.path("headings").forEach(heading -> headings.add(heading.asText()));
            for (JsonNode data : answer.path("data")) {
                String uuid = data.get(headings.indexOf("_uuid")).get(1).asText();
                StringBuilder row = new StringBuilder(table);
                for (int i = 0; i < headings.size(); i++) {
                    if (!headings.get(i).equals("_uuid")) {
                        row.append(' ')
                                .append(headings.get(i))
                                .append('=')
                                .append(canonical(data.get(i)));
                    }
                }
                rows.put(uuid, row.toString());
                int name = headings.indexOf("name");
                if (name >= 0 && data.get(name).isTextual() && !data.get(name).asText().isEmpty()) {
                    names.put(uuid, table + ":" + data.get(name).asText());
                }
            }
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sets and maps in an order of their own contents. */
    private static String canonical(JsonNode value) {
        if (value.isArray()
                && value.size() == 2
                && (value.get(0).asText().equals("set") || value.get(0).asText().equals("map"))) {
            SortedSet<String> members = new TreeSet<>();
            value.get(1).forEach(member -> members.add(member.toString()));
            return members.toString();
        }
        return value.toString();
    }

    /** References have got their names only now, so the sets that hold them are sorted again. */
    private static String sortedSets(String row) {
        return java.util.regex.Pattern.compile("=\\[(\\[\"uuid\".*?\\])\\](?= |$)")
                .matcher(row)
                .replaceAll(
                        match ->
                                java.util.regex.Matcher.quoteReplacement(
                                        "="
                                                + new TreeSet<>(
                                                        List.of(
                                                                match.group(1)
                                                                        .split(
                                                                                ", (?=\\[\"uuid\")")))));
    }
}
