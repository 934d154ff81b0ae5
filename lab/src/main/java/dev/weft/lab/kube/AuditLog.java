package dev.weft.lab.kube;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the API server noted of our services' requests: one JSON object a line. */
public final class AuditLog {
    /** Which requests are noted: those of our service accounts, without their contents. */
    static final String POLICY =
            """
            apiVersion: audit.k8s.io/v1
            kind: Policy
            rules:
            # a watch over a web socket is noted when it ends, and when it is asked for
            - level: Metadata
              userGroups: ["system:serviceaccounts:%1$s"]
              verbs: [watch]
            - level: Metadata
              userGroups: ["system:serviceaccounts:%1$s"]
              omitStages: [RequestReceived]
            - level: None
            """
                    .formatted(Manifests.NAMESPACE);

    private static final int FORBIDDEN = 403;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;

    public AuditLog(Path file) {
        this.file = file;
    }

    /** What a user asked for, allowed or not; requests for no resource (versions, health) apart. */
    public Set<Right> done(String user) {
        return read(user, false);
    }

    /** What a user was refused for want of a right. */
    public Set<Right> refused(String user) {
        return read(user, true);
    }

    private Set<Right> read(String user, boolean refusedOnly) {
        Set<Right> rights = new TreeSet<>();
        try (Stream<String> lines = Files.lines(file)) {
            for (String line : (Iterable<String>) lines::iterator) {
                JsonNode event = JSON.readTree(line);
                JsonNode object = event.path("objectRef");
                if (event.at("/user/username").asText().equals(user)
                        && object.has("resource")
                        && (!refusedOnly
                                || event.at("/responseStatus/code").asInt() == FORBIDDEN)) {
                    rights.add(right(event.path("verb").asText(), object));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return rights;
    }

    private static Right right(String verb, JsonNode object) {
        String subresource = object.path("subresource").asText("");
        return new Right(
                object.path("apiGroup").asText(""),
                object.path("resource").asText() + (subresource.isEmpty() ? "" : "/" + subresource),
                verb,
                object.path("namespace").asText(""),
                object.path("name").asText(""));
    }
}
