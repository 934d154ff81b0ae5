package dev.weft.ipam.pool;

import dev.weft.net.IpRangeSet;
import java.math.BigInteger;

/**
 * How the addresses of one family of a subnet or of a named pool are used.
 *
 * @param used addresses held
 * @param available addresses that can be handed out without being asked for
 * @param usedRanges the first as ranges
 * @param availableRanges the second as ranges
 */
public record Usage(
        BigInteger used, BigInteger available, IpRangeSet usedRanges, IpRangeSet availableRanges) {

    /** Nothing there to use. */
    public static final Usage NONE =
            new Usage(BigInteger.ZERO, BigInteger.ZERO, IpRangeSet.EMPTY, IpRangeSet.EMPTY);
}
