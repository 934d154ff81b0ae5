package dev.weft.lab.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.lab.host.Command;
import dev.weft.lab.host.Home;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallCniTest {
    private static final String GOOD =
            "#!/bin/sh\n[ \"$CNI_COMMAND\" = VERSION ] && echo '{\"supportedVersions\":[\"1.0.0\"]}'\n";

    @TempDir private Path folder = Path.of("");
    private Path bin = Path.of("");
    private Path conf = Path.of("");

    @BeforeEach
    void layOut() throws IOException {
        bin = Files.createDirectories(folder.resolve("bin"));
        conf = Files.createDirectories(folder.resolve("net.d"));
        Path image = Files.createDirectories(folder.resolve("image"));
        Files.copy(
                Home.find().resolve("lab/src/main/image/install-cni"),
                image.resolve("install-cni"));
        Files.writeString(folder.resolve("10-weft.conflist"), "{\"socket\":\"/run/__NODE__\"}");
    }

    @Test
    void putsPluginAndConfigurationInPlace() throws IOException {
        assertThat(install(GOOD).ok()).isTrue();
        assertThat(bin.resolve("weft")).isExecutable().hasContent(GOOD);
        assertThat(conf.resolve("10-weft.conflist")).hasContent("{\"socket\":\"/run/n7\"}");
        assertThat(folder.resolve("bin").toFile().list()).containsExactly("weft");
    }

    @Test
    void replacesAnOldPluginWhileItRuns() throws IOException {
        Files.writeString(bin.resolve("weft"), "old");
        try (var running = Files.newInputStream(bin.resolve("weft"))) {
            assertThat(install(GOOD).ok()).isTrue();
            assertThat(running.readAllBytes()).asString().isEqualTo("old");
        }
        assertThat(bin.resolve("weft")).hasContent(GOOD);
    }

    @Test
    void keepsTheOldPluginWhenTheNewOneDoesNotAnswerVersion() throws IOException {
        Files.writeString(bin.resolve("weft"), "old");
        Command.Result result = install("#!/bin/sh\necho broken >&2; exit 3\n");
        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.err()).contains("does not answer VERSION").contains("broken");
        assertThat(bin.resolve("weft")).hasContent("old");
        assertThat(bin.toFile().list()).containsExactly("weft");
        assertThat(conf.toFile().list()).isEmpty();
    }

    private Command.Result install(String plugin) throws IOException {
        Path script = folder.resolve("image/install-cni");
        Files.writeString(folder.resolve("image/weft"), plugin);
        return Command.of(
                        "sh",
                        script.toString(),
                        bin.toString(),
                        conf.toString(),
                        folder.resolve("10-weft.conflist").toString())
                .with(Map.of("NODE", "n7"))
                .run();
    }
}
