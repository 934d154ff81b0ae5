package dev.weft.bus;

/**
 * Makes the world of one key as it should be: reads the present state, decides, acts. Called by a
 * {@link ReconcileLoop} on a virtual thread.
 */
@FunctionalInterface
public interface Reconciler<K> {
    /** May block. A thrown exception counts as {@link Outcome.Failed}. */
    Outcome reconcile(K key) throws Exception;
}
