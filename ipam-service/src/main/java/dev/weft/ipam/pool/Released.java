package dev.weft.ipam.pool;

import dev.weft.net.IpAddress;
import java.time.Instant;

/** An address that was used before and is free, and since when. */
public record Released(IpAddress address, Instant at) {}
