package dev.weft.ovsdb.notation;

import java.util.AbstractSet;
import java.util.Iterator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An immutable set on a {@link PersistentMap}. */
public final class PersistentSet<E> extends AbstractSet<E> {
    private static final PersistentSet<Object> EMPTY = new PersistentSet<>(PersistentMap.empty());

    private final PersistentMap<E, Boolean> elements;

    private PersistentSet(PersistentMap<E, Boolean> elements) {
        this.elements = elements;
    }

    @SuppressWarnings("unchecked") // it holds nothing
    public static <E> PersistentSet<E> empty() {
        return (PersistentSet<E>) EMPTY;
    }

    public PersistentSet<E> with(E element) {
        var changed = elements.with(element, Boolean.TRUE);
        return changed == elements ? this : new PersistentSet<>(changed);
    }

    public PersistentSet<E> without(Object element) {
        var changed = elements.without(element);
        return changed == elements ? this : new PersistentSet<>(changed);
    }

    /** Tells the elements that only one of two sets has, without looking at what they share. */
    static <E> void difference(
            PersistentSet<E> some,
            PersistentSet<E> other,
            Consumer<? super E> onlySome,
            Consumer<? super E> onlyOther) {
        PersistentMap.differentKeys(some.elements, other.elements, onlySome, onlyOther);
    }

    @Override
    public boolean contains(@Nullable Object element) {
        return elements.containsKey(element);
    }

    @Override
    public int size() {
        return elements.size();
    }

    @Override
    public Iterator<E> iterator() {
        return elements.keySet().iterator();
    }
}
