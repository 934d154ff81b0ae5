package dev.weft.lab.image;

import dev.weft.lab.NativeParts;
import dev.weft.lab.host.Command;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/**
 * The images of our services and of the node daemon with the CNI plugin, and two that stand in for
 * PostgreSQL's and Artemis's own where no registry can be reached.
 */
public final class WeftImages implements AutoCloseable {
    /** What is installed on a cluster. */
    public static final List<String> OURS =
            List.of("relay-service", "ipam-service", "vpc-service", "node-daemon");

    /** What the lab takes in place of others' images. */
    public static final List<String> STAND_INS = List.of("postgresql", "broker");

    private static final String TAG = "0.1.0";
    private static final String ROOT = "0:0";
    private static final String WEFT = "65532:65532";

    private final Path home;
    private final Path postgresql;
    private final Path busybox;
    private final Path work;
    private final Layers layers;

    /**
     * @param home the checkout, built
     * @param postgresql PostgreSQL's binaries; used for its stand-in only
     * @param busybox a static one
     */
    public WeftImages(Path home, Path postgresql, Path busybox) throws IOException {
        this.home = home;
        this.postgresql = postgresql;
        this.busybox = busybox;
        this.work = Files.createTempDirectory("weft-image");
        this.layers = new Layers(work);
    }

    /** The full name of an image. */
    public static String name(String image) {
        return "localhost/weft/" + image + ":" + TAG;
    }

    /**
     * Writes {@code IMAGE.tar} into the folder.
     *
     * @param image of {@link #OURS} or {@link #STAND_INS}
     * @throws NoSuchElementException when what goes into it is not built; the message says how to
     */
    public Path write(String image, Path folder) throws IOException {
        Path archive = folder.resolve(image + ".tar");
        switch (image) {
            case "node-daemon" -> nodeDaemon().write(archive);
            case "postgresql" -> postgresql().write(archive);
            case "broker" -> broker().write(archive);
            default -> service(image).write(archive);
        }
        return archive;
    }

    private OciImage service(String module) throws IOException {
        List<Path> all = new ArrayList<>(List.of(layers.base(), layers.java()));
        all.addAll(application(module));
        return new OciImage(
                name(module), all, java("-jar", "/opt/weft/app/quarkus-run.jar"), Map.of(), WEFT);
    }

    private OciImage nodeDaemon() throws IOException {
        Path plugin =
                NativeParts.asked()
                        .executable(NativeParts.CNI)
                        .orElseThrow(
                                () ->
                                        new NoSuchElementException(
                                                "the image node-daemon needs the CNI plugin as an executable: `weft build --native cni`"));
        List<Path> all = new ArrayList<>(List.of(layers.base(), layers.java()));
        all.add(
                layers.shell(
                        busybox, "sh", "cp", "mv", "rm", "sed", "chmod", "dirname", "basename"));
        all.addAll(application("node-daemon"));
        all.add(layers.with("plugin", plugin, "opt/weft/weft"));
        all.add(
                layers.with(
                        "install",
                        home.resolve("lab/src/main/image/install-cni"),
                        "opt/weft/install-cni"));
        // root: interfaces and namespaces of the node; which capabilities of root's is the
        // manifest's to say
        return new OciImage(
                name("node-daemon"),
                all,
                java("-jar", "/opt/weft/app/quarkus-run.jar"),
                Map.of(),
                ROOT);
    }

    private OciImage postgresql() throws IOException {
        return new OciImage(
                name("postgresql"),
                List.of(
                        layers.base(),
                        layers.shell(busybox, "sh", "mkdir", "chmod", "rm", "echo", "cat"),
                        layers.libraries(
                                "postgresql.libraries",
                                postgresql,
                                postgresql.resolve("bin/postgres"),
                                postgresql.resolve("bin/initdb")),
                        layers.with("postgresql", postgresql, "opt/postgresql"),
                        layers.with(
                                "entry",
                                home.resolve("lab/src/main/image/postgresql"),
                                "opt/entry")),
                List.of("/opt/entry"),
                Map.of(),
                "65534:65534");
    }

    /** The lab's own broker with this process's class path. */
    private OciImage broker() throws IOException {
        List<String> names = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            Path from = Path.of(entry).toAbsolutePath();
            String to =
                    Files.isDirectory(from)
                            ? "classes" + names.size()
                            : from.getFileName().toString();
            if (Files.exists(from)) {
                layers.with("broker", from, "opt/broker/" + to);
                names.add("/opt/broker/" + to);
            }
        }
        return new OciImage(
                name("broker"),
                List.of(layers.base(), layers.java(), work.resolve("broker")),
                java(
                        "-cp",
                        String.join(":", names),
                        "dev.weft.lab.broker.BrokerMain",
                        "5672",
                        "5673",
                        "/tmp/broker"),
                Map.of(),
                WEFT);
    }

    /**
     * Libraries below, our own code above: an image made after a change of ours shares the rest.
     */
    private List<Path> application(String module) throws IOException {
        Path built = home.resolve(module).resolve("target/quarkus-app");
        if (!Files.exists(built.resolve("quarkus-run.jar"))) {
            throw new NoSuchElementException(module + " is not built: `weft build`");
        }
        Path libraries = layers.with(module + ".lib", built.resolve("lib"), "opt/weft/app/lib");
        Path code = null;
        for (String part : List.of("app", "quarkus", "quarkus-run.jar")) {
            code = layers.with(module + ".app", built.resolve(part), "opt/weft/app/" + part);
        }
        return List.of(libraries, java.util.Objects.requireNonNull(code));
    }

    private static List<String> java(String... arguments) {
        List<String> argv =
                new ArrayList<>(
                        List.of(
                                "/opt/java/bin/java",
                                "-XX:+UseSerialGC",
                                "-XX:MaxRAMPercentage=50",
                                "-XX:+ExitOnOutOfMemoryError",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow"));
        argv.addAll(Arrays.asList(arguments));
        return argv;
    }

    @Override
    public void close() {
        Command.of("rm", "-rf", work.toString()).output();
    }
}
