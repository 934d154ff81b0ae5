package dev.weft.ovsdb;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for {@code ssl:} endpoints, as PEM files.
 *
 * @param authority the CA certificates that the server's certificate must chain to
 * @param certificate our own certificate; null when the server asks for none
 * @param privateKey the key of our own certificate (PKCS#8); null when there is none
 * @param verifyHost whether the server's certificate must name the host: OVN's own tools make
 *     certificates that do not
 */
public record Tls(
        Path authority, @Nullable Path certificate, @Nullable Path privateKey, boolean verifyHost) {
    public Tls {
        if ((certificate == null) != (privateKey == null)) {
            throw new IllegalArgumentException("a TLS certificate and its private key go together");
        }
    }
}
