package dev.weft.netlink;

import dev.weft.netlink.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/**
 * Settings that only {@code ioctl(SIOCETHTOOL)} knows; any socket of the namespace serves to make
 * the call.
 */
final class Ethtool {
    private static final long SIOCETHTOOL = 0x8946;
    private static final int ETHTOOL_GTXCSUM = 0x16;
    private static final int ETHTOOL_STXCSUM = 0x17;

    /** Length of {@code struct ifreq}: the name, and a union whose largest member has 24 bytes. */
    private static final int IFREQ = 40;

    private static final int IFREQ_DATA = 16;

    private Ethtool() {}

    static boolean txChecksum(int socket, String link) {
        return call(socket, link, ETHTOOL_GTXCSUM, 0) != 0;
    }

    static void setTxChecksum(int socket, String link, boolean on) {
        call(socket, link, ETHTOOL_STXCSUM, on ? 1 : 0);
    }

    private static int call(int socket, String link, int command, int value) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment data = arena.allocate(8, 4);
            data.set(ValueLayout.JAVA_INT, 0, command);
            data.set(ValueLayout.JAVA_INT, 4, value);
            MemorySegment request = arena.allocate(IFREQ, 8);
            MemorySegment.copy(
                    MemorySegment.ofArray(link.getBytes(StandardCharsets.US_ASCII)),
                    0,
                    request,
                    0,
                    link.length());
            request.set(ValueLayout.ADDRESS, IFREQ_DATA, data);
            Libc.ioctl(socket, SIOCETHTOOL, request);
            return data.get(ValueLayout.JAVA_INT, 4);
        }
    }
}
