package dev.weft.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.weft.lab.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OciImageTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir private Path folder = Path.of("");

    @Test
    void givesTheSameBytesForTheSameFolders() throws IOException {
        Path base = layer("base", "etc/passwd");
        Path app = layer("app", "app/run");
        image(base, app).write(folder.resolve("first.tar"));
        Files.setLastModifiedTime(app.resolve("app/run"), FileTime.fromMillis(1_000_000_000));
        image(base, app).write(folder.resolve("second.tar"));
        assertThat(Files.mismatch(folder.resolve("first.tar"), folder.resolve("second.tar")))
                .isEqualTo(-1);
    }

    @Test
    void namesEveryBlobByItsDigestAndReachesAllFromTheIndex() throws Exception {
        image(layer("base", "etc/passwd"), layer("app", "app/run")).write(folder.resolve("i.tar"));
        Path layout = Files.createDirectories(folder.resolve("layout"));
        Command.of("tar", "-xf", folder.resolve("i.tar").toString(), "-C", layout.toString())
                .output();
        JsonNode index = JSON.readTree(layout.resolve("index.json").toFile());
        JsonNode manifest = blob(layout, index.path("manifests").path(0));
        assertThat(index.at("/manifests/0/annotations/io.containerd.image.name").asText())
                .isEqualTo("localhost/weft/test:7");
        assertThat(manifest.path("layers")).hasSize(2);
        JsonNode config = blob(layout, manifest.path("config"));
        assertThat(config.at("/config/Entrypoint/0").asText()).isEqualTo("/app/run");
        assertThat(config.at("/config/User").asText()).isEqualTo("65532:65532");
        assertThat(config.at("/rootfs/diff_ids/1").asText())
                .isEqualTo(manifest.at("/layers/1/digest").asText());
        for (JsonNode one : manifest.path("layers")) {
            digestHolds(layout, one);
        }
    }

    private static JsonNode blob(Path layout, JsonNode descriptor) throws Exception {
        return JSON.readTree(Files.readAllBytes(digestHolds(layout, descriptor)));
    }

    private static Path digestHolds(Path layout, JsonNode descriptor) throws Exception {
        String digest = descriptor.path("digest").asText().replaceFirst("^sha256:", "");
        Path file = layout.resolve("blobs/sha256").resolve(digest);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(bytes.length).isEqualTo(descriptor.path("size").asInt());
        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)))
                .isEqualTo(digest);
        return file;
    }

    private static OciImage image(Path base, Path app) {
        return new OciImage(
                "localhost/weft/test:7",
                List.of(base, app),
                List.of("/app/run"),
                Map.of("A", "b"),
                "65532:65532");
    }

    private Path layer(String name, String file) throws IOException {
        Path root = folder.resolve(name);
        Files.createDirectories(root.resolve(file).getParent());
        Files.writeString(root.resolve(file), name);
        return root;
    }
}
