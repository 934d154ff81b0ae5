package dev.weft.ipam.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Instants as whole microseconds, which is what PostgreSQL keeps of them. */
final class Micros {

    private Micros() {}

    static Instant instant(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
