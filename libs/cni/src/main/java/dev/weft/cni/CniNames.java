package dev.weft.cni;

import dev.weft.cni.json.Quoted;

/**
 * What the specification, Linux and Kubernetes allow as names. These values end up in interface
 * names, OVS records and file paths, so nothing that is not allowed gets past here.
 */
final class CniNames {

    private static final int MAX_CONTAINER_ID = 256;
    private static final int MAX_PATH = 4096;
    private static final int MAX_INTERFACE_NAME = 15; // IFNAMSIZ without the terminating zero
    private static final int MAX_SOCKET_PATH = 107; // sun_path without the terminating zero

    private CniNames() {}

    /** A letter or digit, then letters, digits, {@code _ . -}. */
    static boolean isContainerId(String id) {
        return id.length() <= MAX_CONTAINER_ID && isIdentifier(id);
    }

    /** The kernel's rule for names of interfaces. */
    static boolean isInterfaceName(String name) {
        return !name.isEmpty()
                && name.length() <= MAX_INTERFACE_NAME
                && !name.equals(".")
                && !name.equals("..")
                && name.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '/' && c != ':');
    }

    /** An absolute path without control characters. */
    static boolean isNetns(String path) {
        return isAbsolutePath(path, MAX_PATH);
    }

    /** What {@link #isContainerId} allows, for messages. */
    static String containerIdRule() {
        return "a letter or digit, then letters, digits, '_', '.' or '-', at most "
                + MAX_CONTAINER_ID;
    }

    /** What {@link #isInterfaceName} allows, for messages. */
    static String interfaceNameRule() {
        return "1 to "
                + MAX_INTERFACE_NAME
                + " printable ASCII characters without '/', ':' and blanks, not '.' or '..'";
    }

    /** A network's name follows the same rule as a container's. */
    static void checkNetworkName(String name) {
        if (!isIdentifier(name)) {
            throw invalidField(
                    "name", name, "a letter or digit, then letters, digits, '_', '.' or '-'");
        }
    }

    /** A path that fits in a socket address. */
    static void checkSocketPath(String field, String path) {
        if (!isAbsolutePath(path, MAX_SOCKET_PATH)) {
            throw invalidField(
                    field, path, "an absolute path of at most " + MAX_SOCKET_PATH + " characters");
        }
    }

    /**
     * RFC 1123: labels of letters, digits and {@code -}; with dots between them when {@code dots}.
     */
    static boolean isDnsName(String name, int maxLength, boolean dots) {
        if (name.isEmpty() || name.length() > maxLength) {
            return false;
        }
        char before = '.';
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean letterOrDigit = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
            boolean inside =
                    c == '-' && before != '.' || c == '.' && dots && before != '.' && before != '-';
            if (!letterOrDigit && !inside) {
                return false;
            }
            before = c;
        }
        return before != '-' && before != '.';
    }

    static CniException invalidVariable(String variable, String value, String allowed) {
        return new CniException(
                CniErrorCode.INVALID_ENVIRONMENT,
                "invalid " + variable,
                variable + " is " + Quoted.of(value) + ", allowed is " + allowed);
    }

    static CniException invalidField(String field, String value, String allowed) {
        return new CniException(
                CniErrorCode.INVALID_NETWORK_CONFIG,
                "invalid field " + field,
                field + " is " + Quoted.of(value) + ", allowed is " + allowed);
    }

    private static boolean isIdentifier(String text) {
        return !text.isEmpty()
                && isLetterOrDigit(text.charAt(0))
                && text.chars()
                        .allMatch(c -> isLetterOrDigit(c) || c == '_' || c == '.' || c == '-');
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static boolean isAbsolutePath(String path, int maxLength) {
        return path.startsWith("/")
                && path.length() <= maxLength
                && path.chars().noneMatch(Character::isISOControl);
    }
}
