package dev.weft.lab.part;

import dev.weft.lab.LabLayout;
import dev.weft.lab.host.Command;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.host.Launch;
import dev.weft.lab.host.Sockets;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/**
 * PostgreSQL from the binaries on the class path, unpacked once per machine. It refuses to run as
 * root, so as root it is run as {@code nobody}, and its folders are where {@code nobody} can reach
 * them.
 */
public final class Postgres {
    /** The role that ipam-service logs in with, and the name of its database. */
    public static final String USER = "weft_ipam";

    private static final String ARCHIVE = "/postgres-linux-x86_64.txz";
    private static final String NOBODY = "65534";

    private final LabLayout layout;
    private final String password;
    private final Path data;
    private final LabProcess process;

    public Postgres(LabLayout layout, String password) {
        this.layout = layout;
        this.password = password;
        this.data = layout.file("postgres/data");
        this.process = new LabProcess(layout.dir(), "postgres", this::launch);
    }

    /** PostgreSQL's first process. */
    public LabProcess process() {
        return process;
    }

    /** Unpacks and initialises what is missing, and starts it unless it runs. */
    public void ensure() {
        Path binaries = unpack();
        if (!Files.exists(data.resolve("PG_VERSION"))) {
            initialise(binaries);
        }
        process.start();
    }

    /**
     * The URL of ipam's database in the form of reactive clients; JDBC's is the same behind {@code
     * jdbc:}.
     */
    public String url() {
        return "postgresql://127.0.0.1:" + layout.port(LabLayout.Port.POSTGRES) + "/" + USER;
    }

    private Launch launch() {
        int port = layout.port(LabLayout.Port.POSTGRES);
        List<String> argv =
                asServer(
                        binaries().resolve("bin/postgres").toString(),
                        "-D",
                        data.toString(),
                        "-p",
                        Integer.toString(port),
                        "-c",
                        "listen_addresses=127.0.0.1",
                        "-c",
                        "unix_socket_directories=" + layout.file("postgres"),
                        "-c",
                        "max_connections=60",
                        "-c",
                        "shared_buffers=32MB",
                        // survives the death of any process, though not of the machine: the lab
                        // does not either
                        "-c",
                        "fsync=off");
        return Launch.of("postgres", layout.log("postgres"), argv)
                .readyWhen(() -> Sockets.accepts(port))
                .stoppedBy("INT");
    }

    private void initialise(Path binaries) {
        try {
            Path folder = Files.createDirectories(data.getParent());
            Path secret = Files.writeString(folder.resolve("password"), password);
            if (root()) {
                Command.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()).output();
            }
            Command.of(
                            asServer(
                                    binaries.resolve("bin/initdb").toString(),
                                    "-D",
                                    data.toString(),
                                    "-U",
                                    "postgres",
                                    "-A",
                                    "scram-sha-256",
                                    "--pwfile=" + secret,
                                    "-E",
                                    "UTF8",
                                    "--locale=C",
                                    "--no-sync"))
                    .output();
            Files.delete(secret);
            // the bundle has no psql: single-user mode makes the role and the database before the
            // first start
            String sql =
                    "CREATE ROLE "
                            + USER
                            + " LOGIN PASSWORD '"
                            + password
                            + "'\nCREATE DATABASE "
                            + USER
                            + " OWNER "
                            + USER
                            + "\n";
            Command.of(
                            asServer(
                                    binaries.resolve("bin/postgres").toString(),
                                    "--single",
                                    "-F",
                                    "-D",
                                    data.toString(),
                                    "postgres"))
                    .stdin(sql)
                    .output();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder of the unpacked binaries: the machine's cache as root, the user's otherwise. */
    private static Path binaries() {
        String version =
                Postgres.class.getResource(ARCHIVE) == null
                        ? "absent"
                        : Integer.toHexString(
                                String.valueOf(Postgres.class.getResource(ARCHIVE)).hashCode());
        Path cache =
                root()
                        ? Path.of("/var/cache/weft")
                        : Path.of(System.getProperty("user.home"), ".cache/weft");
        return cache.resolve("postgres-" + version);
    }

    /** PostgreSQL's binaries, unpacked once on this machine. */
    public static Path unpack() {
        Path target = binaries();
        if (Files.exists(target.resolve("bin/postgres"))) {
            return target;
        }
        try (InputStream archive = Postgres.class.getResourceAsStream(ARCHIVE)) {
            if (archive == null) {
                throw new IllegalStateException(
                        "no "
                                + ARCHIVE
                                + " on the class path: PostgreSQL's binaries exist for linux-amd64");
            }
            Files.createDirectories(target.getParent());
            Path work = Files.createTempDirectory(target.getParent(), "unpack");
            Path file = work.resolve("postgres.txz");
            Files.copy(archive, file, StandardCopyOption.REPLACE_EXISTING);
            Command.of("tar", "-xJf", file.toString(), "-C", work.toString(), "--no-same-owner")
                    .output();
            Files.delete(file);
            Files.setPosixFilePermissions(work, PosixFilePermissions.fromString("rwxr-xr-x"));
            // another lab may have been faster; both have unpacked the same
            if (!Files.exists(target)) {
                Files.move(work, target, StandardCopyOption.ATOMIC_MOVE);
            }
            return target;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> asServer(String... argv) {
        List<String> line = new ArrayList<>();
        if (root()) {
            line.addAll(
                    List.of(
                            "setpriv",
                            "--reuid=" + NOBODY,
                            "--regid=" + NOBODY,
                            "--clear-groups",
                            "--"));
        }
        line.addAll(List.of(argv));
        return line;
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }
}
