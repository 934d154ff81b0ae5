package dev.weft.ipam.pool;

import java.math.BigInteger;

/**
 * How full a pool is.
 *
 * @param used addresses held that would be handed out unasked
 * @param available addresses that can be handed out unasked, those in quarantine with the others
 */
public record Fill(BigInteger used, BigInteger available) {}
