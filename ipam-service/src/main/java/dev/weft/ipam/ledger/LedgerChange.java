package dev.weft.ipam.ledger;

import dev.weft.ipam.lease.EndReason;
import dev.weft.ipam.lease.Lease;
import dev.weft.ipam.pool.Reservation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One decision, to be written: all of it or nothing. At most one a port is under way at any time.
 */
public sealed interface LedgerChange {

    /** The port that it is about. */
    String port();

    /** The lease that ends by it. */
    default Optional<Ending> ending() {
        return Optional.empty();
    }

    /** A lease that ends. */
    record Ending(Lease lease, EndReason reason, Instant at) {}

    /**
     * A lease begins.
     *
     * @param replaced the namesake's lease that ends in its favour
     * @param reservation what the pool gave for it; null when it has what its predecessor had
     */
    record Begin(Lease lease, @Nullable Ending replaced, @Nullable Reservation reservation)
            implements LedgerChange {
        @Override
        public String port() {
            return lease.port();
        }

        @Override
        public Optional<Ending> ending() {
            return Optional.ofNullable(replaced);
        }
    }

    /** A lease ends. */
    record End(Ending end) implements LedgerChange {
        @Override
        public String port() {
            return end.lease().port();
        }

        @Override
        public Optional<Ending> ending() {
            return Optional.of(end);
        }
    }

    /** A lease goes on, its owner on another node or with other port security. */
    record Amend(Lease lease) implements LedgerChange {
        @Override
        public String port() {
            return lease.port();
        }
    }
}
