package dev.weft.lab.image;

import dev.weft.lab.host.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The folders that our images are laid of, made once in a working folder: what each needs of the
 * machine (the C library, a busybox), a Java runtime with the modules that we use, an application.
 */
final class Layers {
    /** What Quarkus, its extensions and our code use; nothing else of the JDK is in the images. */
    private static final List<String> MODULES =
            List.of(
                    "java.base",
                    "java.compiler",
                    "java.desktop",
                    "java.instrument",
                    "java.logging",
                    "java.management",
                    "java.naming",
                    "java.net.http",
                    "java.prefs",
                    "java.rmi",
                    "java.security.jgss",
                    "java.security.sasl",
                    "java.sql",
                    "java.transaction.xa",
                    "java.xml",
                    "jdk.crypto.ec",
                    "jdk.jfr",
                    "jdk.management",
                    "jdk.naming.dns",
                    "jdk.unsupported",
                    "jdk.zipfs");

    private static final Pattern LIBRARY = Pattern.compile("(/\\S+) \\(0x[0-9a-f]+\\)");

    private final Path work;

    Layers(Path work) {
        this.work = work;
    }

    /** The C library as the machine has it, users, and a place for temporary files. */
    Path base() throws IOException {
        Path root = work.resolve("base");
        if (Files.exists(root)) {
            return root;
        }
        Path java = Path.of(System.getProperty("java.home"));
        libraries(root, java, java.resolve("bin/java"), java.resolve("lib/server/libjvm.so"));
        Path etc = Files.createDirectories(root.resolve("etc"));
        Files.writeString(
                etc.resolve("passwd"),
                "root:x:0:0:root:/:/bin/sh\nweft:x:65532:65532:weft:/:/bin/false\nnobody:x:65534:65534:nobody:/:/bin/false\n");
        Files.writeString(etc.resolve("group"), "root:x:0:\nweft:x:65532:\nnogroup:x:65534:\n");
        Files.setPosixFilePermissions(
                Files.createDirectories(root.resolve("tmp")),
                PosixFilePermissions.fromString("rwxrwxrwx"));
        // runtimes say /var/run/netns
        Files.createSymbolicLink(
                Files.createDirectories(root.resolve("var")).resolve("run"), Path.of("../run"));
        Files.createDirectories(root.resolve("run"));
        return root;
    }

    /** What programs beside Java's are linked against, but for what lies in their own folder. */
    Path libraries(String name, Path home, Path... programs) throws IOException {
        Path root = work.resolve(name);
        libraries(root, home, programs);
        return root;
    }

    /** A Java runtime in {@code /opt/java}. */
    Path java() throws IOException {
        Path root = work.resolve("java");
        if (!Files.exists(root)) {
            Files.createDirectories(root.resolve("opt"));
            Command.of(
                            Path.of(System.getProperty("java.home"), "bin/jlink").toString(),
                            "--add-modules=" + String.join(",", MODULES),
                            "--strip-debug",
                            "--no-header-files",
                            "--no-man-pages",
                            "--compress=zip-6",
                            "--output=" + root.resolve("opt/java"))
                    .within(Duration.ofMinutes(5))
                    .output();
        }
        return root;
    }

    /** A static busybox with links for some of its applets, where an image needs a script. */
    Path shell(Path busybox, String... applets) throws IOException {
        Path root = work.resolve("shell");
        Path bin = Files.createDirectories(root.resolve("bin"));
        if (!Files.exists(bin.resolve("busybox"))) {
            copy(busybox, bin.resolve("busybox"), "rwxr-xr-x");
        }
        for (String applet : applets) {
            Path link = bin.resolve(applet);
            if (!Files.exists(link)) {
                Files.createSymbolicLink(link, Path.of("busybox"));
            }
        }
        return root;
    }

    /** A layer with one folder or file of the machine at a place in the image. */
    Path with(String name, Path from, String to) throws IOException {
        Path root = work.resolve(name);
        Path target = root.resolve(to);
        if (!Files.exists(target)) {
            Files.createDirectories(target.getParent());
            Command.of("cp", "-rL", from.toString(), target.toString()).output();
            Command.of("chmod", "-R", "u+rwX,go+rX,go-w", root.toString()).output();
        }
        return root;
    }

    /** Copies what programs are linked against. */
    private static void libraries(Path root, Path home, Path... programs) throws IOException {
        for (Path program : programs) {
            String linked = Command.of("ldd", program.toString()).run().out();
            for (String library :
                    LIBRARY.matcher(linked).results().map(found -> found.group(1)).toList()) {
                Path target = root.resolve(library.substring(1));
                // those of its own folder come with it
                if (!library.startsWith(home + "/") && !Files.exists(target)) {
                    copy(Path.of(library), target, "rwxr-xr-x");
                }
            }
        }
    }

    private static void copy(Path from, Path to, String permissions) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from.toRealPath(), to);
        Files.setPosixFilePermissions(to, PosixFilePermissions.fromString(permissions));
    }
}
