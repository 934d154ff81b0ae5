package dev.weft.ovn;

import java.util.Set;

/**
 * Hears whose rows need a look, on a thread that must not be held up: put the owners into a queue
 * and return.
 */
public interface OwnerListener {
    /**
     * Rows of these owners were changed or taken away by somebody else, or what held one of them
     * back has passed. The right answer is to apply the owner's desired rows again.
     */
    void changed(Set<Owner> owners);

    /**
     * The contents were loaded anew and anything may have changed: the right answer is to apply
     * every owner's rows again.
     */
    void reset();
}
