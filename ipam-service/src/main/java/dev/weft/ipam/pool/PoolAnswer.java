package dev.weft.ipam.pool;

/** The answer of a pool to a request. */
public sealed interface PoolAnswer permits Reservation, Refusal {}
