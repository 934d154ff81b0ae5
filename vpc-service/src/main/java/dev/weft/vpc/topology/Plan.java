package dev.weft.vpc.topology;

import dev.weft.ovn.Desired;
import dev.weft.ovn.Owner;
import java.util.List;

/** What is to be done about one owner's rows. */
public sealed interface Plan {

    /** Whose. */
    Owner owner();

    /**
     * These rows and no others.
     *
     * @param remarks what of the object's spec is not acted upon, for people
     */
    record Serve(Desired desired, List<String> remarks) implements Plan {
        public Serve {
            remarks = List.copyOf(remarks);
        }

        @Override
        public Owner owner() {
            return desired.owner();
        }
    }

    /**
     * Whatever is there stays as it is, and nothing comes: the object's spec cannot be served.
     *
     * @param reason the field, its value and what is allowed
     */
    record Keep(Owner owner, String reason) implements Plan {}

    /** These rows. */
    static Plan serve(Desired desired) {
        return new Serve(desired, List.of());
    }

    /** No rows: the object is gone. */
    static Plan nothing(Owner owner) {
        return new Serve(Desired.nothing(owner), List.of());
    }
}
