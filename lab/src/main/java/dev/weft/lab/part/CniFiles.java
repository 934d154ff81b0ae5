package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.NativeParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * What a node's container runtime knows of the network: our plugin with those of the CNI project
 * that it is chained with, and the configuration. The configuration comes last and whole: with it
 * the node turns ready.
 */
final class CniFiles {
    private static final String CONFLIST =
            """
            {
              "cniVersion": "1.0.0",
              "name": "weft",
              "plugins": [
                {"type": "weft", "server_socket": "%s"}%s
              ]
            }
            """;
    private static final String PORTMAP =
            """
            ,
                {"type": "portmap", "snat": true, "capabilities": {"portMappings": true}}""";

    private final Path nodeDir;
    private final Path home;
    private final Path reference;

    /**
     * @param home the checkout, where our plugin was built
     * @param reference the folder of the CNI project's plugins
     */
    CniFiles(Path nodeDir, Path home, Path reference) {
        this.nodeDir = nodeDir;
        this.home = home;
        this.reference = reference;
    }

    /** The folder of a node's plugins. */
    static Path plugins(Path nodeDir) {
        return nodeDir.resolve("cni/bin");
    }

    /** The folder of a node's network configurations. */
    static Path configurations(Path nodeDir) {
        return nodeDir.resolve("cni/net.d");
    }

    /** Puts the plugins in place. */
    void installPlugins(LabLayout layout) {
        try {
            Path folder = Files.createDirectories(plugins(nodeDir));
            for (String plugin : new String[] {"loopback", "portmap"}) {
                Path link = folder.resolve(plugin);
                if (Files.exists(reference.resolve(plugin)) && !Files.exists(link)) {
                    Files.createSymbolicLink(link, reference.resolve(plugin));
                }
            }
            Path ours = Files.createTempFile(folder, ".weft", "");
            Files.writeString(ours, "#!/bin/sh\nexec %s\n".formatted(command(layout)));
            Files.setPosixFilePermissions(ours, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(ours, folder.resolve("weft"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes the configuration, portmap chained where the plugin is there. */
    void configure(LabLayout layout, String node) {
        try {
            Path folder = Files.createDirectories(configurations(nodeDir));
            boolean portmap = Files.exists(plugins(nodeDir).resolve("portmap"));
            Path file = Files.createTempFile(folder, "weft", ".new");
            Files.writeString(
                    file, CONFLIST.formatted(layout.cniSocket(node), portmap ? PORTMAP : ""));
            Files.move(file, folder.resolve("10-weft.conflist"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The lab's native executable, or the plugin's jar. */
    private String command(LabLayout layout) {
        return NativeParts.of(layout)
                .executable(NativeParts.CNI)
                .map(Path::toString)
                .orElseGet(this::onAJvm);
    }

    private String onAJvm() {
        return "env WEFT_JAVA=%s/bin/java %s"
                .formatted(System.getProperty("java.home"), home.resolve("cni-binary/bin/weft"));
    }
}
