package dev.weft.ovn;

import java.util.Optional;
import java.util.UUID;

/** Why an owner's desired rows cannot be brought about now. */
public sealed interface Obstacle {
    /** The row that stands in the way, or that is not there. */
    RowRef row();

    /** In words, with what to do about it. */
    String message();

    /**
     * Whether it passes by itself when other owners' rows come or go; if not, a person has to act.
     */
    boolean passes();

    /** A row that one of ours needs is not there. */
    record Missing(RowRef row, RowRef neededBy) implements Obstacle {
        @Override
        public String message() {
            return "%s does not exist; %s needs it".formatted(row, neededBy);
        }

        @Override
        public boolean passes() {
            return true;
        }
    }

    /**
     * A row of ours should go but holds rows that are not ours and would go with it.
     *
     * @param children how many such rows there are
     * @param example one of them
     * @param holder whose that one is, when it is stamped
     */
    record StillHolds(RowRef row, int children, String example, Optional<Owner> holder)
            implements Obstacle {
        @Override
        public String message() {
            return "%s cannot go: it still holds %d row(s) that are not this owner's, such as %s of %s"
                    .formatted(
                            row,
                            children,
                            example,
                            holder.map(Owner::toString).orElse("nobody known"));
        }

        @Override
        public boolean passes() {
            return true;
        }
    }

    /** A row of this name is there, but without a stamp of ours. */
    record ForeignRow(RowRef row, UUID uuid) implements Obstacle {
        @Override
        public String message() {
            return ("%s exists (%s) and was not made by Weft, so it is not touched; remove or rename it, or let Weft take it over: "
                            + "external_ids:%s=%s on the row, or adopt() in its spec")
                    .formatted(row, uuid, Stamp.VENDOR, Stamp.PEER);
        }

        @Override
        public boolean passes() {
            return false;
        }
    }

    /** Two owners want the same row. */
    record OwnedByOther(RowRef row, Owner wantedBy, Owner holder) implements Obstacle {
        @Override
        public String message() {
            return "%s is wanted by %s but belongs to %s; one of them must use another name"
                    .formatted(row, wantedBy, holder);
        }

        @Override
        public boolean passes() {
            return false;
        }
    }

    /** More than one row has this name, and it cannot be told which is meant. */
    record Ambiguous(RowRef row, int rows) implements Obstacle {
        @Override
        public String message() {
            return "%d rows are called %s; remove or rename all but one".formatted(rows, row);
        }

        @Override
        public boolean passes() {
            return false;
        }
    }
}
