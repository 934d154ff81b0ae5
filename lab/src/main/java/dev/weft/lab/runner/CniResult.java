package dev.weft.lab.runner;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the runner needs of the plugin's answer to ADD. */
record CniResult(List<String> addresses, @Nullable String mac) {
    private static final ObjectMapper JSON = new ObjectMapper();

    CniResult {
        addresses = List.copyOf(addresses);
    }

    /** Reads a result of CNI 0.3.0 and newer. */
    static CniResult parse(String json) throws IOException {
        JsonNode root = JSON.readTree(json);
        List<String> addresses = new ArrayList<>();
        for (JsonNode ip : root.path("ips")) {
            addresses.add(ip.path("address").asText().split("/")[0]);
        }
        String mac = null;
        for (JsonNode link : root.path("interfaces")) {
            if (link.hasNonNull("sandbox") && !link.path("sandbox").asText().isEmpty()) {
                mac = link.path("mac").asText();
            }
        }
        return new CniResult(addresses, mac);
    }
}
