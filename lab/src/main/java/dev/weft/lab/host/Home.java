package dev.weft.lab.host;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Where the checkout is: {@code weft.home}, {@code WEFT_HOME}, or the nearest folder above that has
 * the script.
 */
public final class Home {
    private Home() {}

    /**
     * The root of the checkout.
     *
     * @throws IllegalStateException when there is none
     */
    public static Path find() {
        String said =
                System.getProperty("weft.home", System.getenv().getOrDefault("WEFT_HOME", ""));
        if (!said.isEmpty()) {
            return Path.of(said).toAbsolutePath();
        }
        for (Path folder = Path.of("").toAbsolutePath();
                folder != null;
                folder = folder.getParent()) {
            if (Files.exists(folder.resolve("weft"))
                    && Files.exists(folder.resolve("lab/pom.xml"))) {
                return folder;
            }
        }
        throw new IllegalStateException("not inside a checkout of Weft: set WEFT_HOME to its root");
    }
}
