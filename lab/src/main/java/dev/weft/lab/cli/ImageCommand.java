package dev.weft.lab.cli;

import dev.weft.lab.host.Home;
import dev.weft.lab.image.WeftImages;
import dev.weft.lab.kube.KubeletAssets;
import dev.weft.lab.part.Postgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weft image}. */
@Command(
        name = "image",
        mixinStandardHelpOptions = true,
        description = {
            "Write container images of what is built, as OCI archives, without a container engine.",
            "Without names: relay-service, ipam-service, vpc-service, node-daemon; for tests also postgresql, broker."
        })
final class ImageCommand implements Callable<Integer> {
    @Parameters(paramLabel = "IMAGE", description = "Which images.")
    private List<String> images = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FOLDER",
            description = "Where to (default: target/images of the checkout).")
    private @Nullable Path output;

    @Override
    public Integer call() throws IOException {
        Path home = Home.find();
        Path folder = output == null ? home.resolve("target/images") : output;
        List<String> wanted = images.isEmpty() ? WeftImages.OURS : images;
        for (String image : wanted) {
            if (!WeftImages.OURS.contains(image) && !WeftImages.STAND_INS.contains(image)) {
                throw new IllegalArgumentException(
                        "no image '"
                                + image
                                + "': "
                                + WeftImages.OURS
                                + " and "
                                + WeftImages.STAND_INS);
            }
        }
        try (WeftImages made =
                new WeftImages(home, Postgres.unpack(), KubeletAssets.findBusybox())) {
            for (String image : wanted) {
                Path archive = made.write(image, folder);
                System.out.printf(
                        "%-40s %4d MB  %s%n",
                        WeftImages.name(image), Files.size(archive) >> 20, archive);
            }
        }
        return 0;
    }
}
