package dev.weft.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.kube.v1.Ip;
import dev.weft.kube.v1.Subnet;
import dev.weft.kube.v1.Vpc;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NativeMetadataTest {

    /** A native image knows no class by reflection but those that are declared. */
    @Test
    void declaresWhateverJacksonReadsOfOurKindsAndViews() throws Exception {
        var declared = metadata();
        for (var type :
                reachable(
                        Subnet.class,
                        Vpc.class,
                        Ip.class,
                        PodView.class,
                        NodeView.class,
                        NamespaceView.class)) {
            assertThat(declared).as("%s", type).contains("\"" + type.getName() + "\"");
        }
    }

    /** The types themselves, and those of ours that their specs, statuses and components have. */
    private static Set<Class<?>> reachable(Class<?>... roots) {
        var found = new HashSet<Class<?>>();
        var open = new ArrayDeque<>(List.of(roots));
        while (!open.isEmpty()) {
            var type = open.pop();
            if (found.add(type)) {
                for (var text : mentioned(type)) {
                    for (var word : text.split("[<>, ]+")) {
                        if (word.startsWith("dev.weft.kube.")) {
                            open.add(classOf(word));
                        }
                    }
                }
            }
        }
        return found;
    }

    private static List<String> mentioned(Class<?> type) {
        if (type.isRecord()) {
            return Arrays.stream(type.getRecordComponents())
                    .map(RecordComponent::getGenericType)
                    .map(java.lang.reflect.Type::getTypeName)
                    .toList();
        }
        var parent = type.getGenericSuperclass();
        return parent == null ? List.of() : List.of(parent.getTypeName());
    }

    private static Class<?> classOf(String name) {
        try {
            return Class.forName(name);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(e);
        }
    }

    private static String metadata() throws IOException {
        var name = "/META-INF/native-image/dev.weft/weft-kube/reachability-metadata.json";
        try (var in = NativeMetadataTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
