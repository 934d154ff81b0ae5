package dev.weft.ovsdb.replica;

import dev.weft.ovsdb.DatabaseSchema;
import dev.weft.ovsdb.MonitorSpec;
import dev.weft.ovsdb.OvsdbException;
import dev.weft.ovsdb.Replica;
import dev.weft.ovsdb.ReplicaChange;
import dev.weft.ovsdb.notation.UpdateSink;
import dev.weft.ovsdb.notation.ValueInterner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A replica that takes updates. They come from one thread; reading is free to all. */
public final class LiveReplica implements Replica {
    private static final Logger LOG = LoggerFactory.getLogger(LiveReplica.class);
    private static final int INTERNED = 1 << 13;

    private final MonitorSpec spec;
    private final Runnable onClose;
    private final List<Consumer<? super ReplicaChange>> listeners = new CopyOnWriteArrayList<>();
    private Map<String, TableLayout> layouts = Map.of();
    private final RowCodec codec = new RowCodec(new ValueInterner(INTERNED));
    private volatile ReplicaState state;

    public LiveReplica(MonitorSpec spec, Runnable onClose) {
        this.spec = spec;
        this.onClose = onClose;
        this.state = ReplicaState.empty(spec);
    }

    /**
     * Fits the replica to the server's schema, at every connect.
     *
     * @return whether what it holds has the same columns as what will come
     * @throws OvsdbException.SchemaMismatch when a wanted column is missing or has another type
     */
    public boolean fit(DatabaseSchema schema) {
        var fitted = new HashMap<String, TableLayout>();
        spec.tables()
                .forEach(
                        (table, wanted) -> {
                            var layout = TableLayout.of(table, wanted, schema);
                            if (layout != null) {
                                fitted.put(table, layout);
                            }
                        });
        if (fitted.equals(layouts)) {
            return true; // and keep the instance that the rows refer to
        }
        layouts = Map.copyOf(fitted);
        return false;
    }

    /** The names of the columns to ask the server for, by table. */
    public Map<String, List<String>> wanted() {
        var wanted = new HashMap<String, List<String>>();
        layouts.forEach(
                (table, layout) ->
                        wanted.put(table, layout.columns().stream().map(c -> c.name()).toList()));
        return wanted;
    }

    public MonitorSpec spec() {
        return spec;
    }

    /**
     * Begins to take updates.
     *
     * @param contents whether they are all contents rather than changes of what we hold
     */
    public UpdateSink begin(boolean contents) {
        var before = state;
        return new UpdateBatch(
                contents ? ReplicaState.empty(spec) : before, before, layouts, codec);
    }

    /**
     * Makes the updates visible and tells the listeners.
     *
     * @param updates what {@link #begin} gave
     * @return how many rows came
     */
    public int commit(UpdateSink updates) {
        var batch = (UpdateBatch) updates;
        var change = batch.change();
        state = batch.state();
        if (change.reset() || !change.rows().isEmpty()) {
            for (var listener : listeners) {
                tell(listener, change);
            }
        }
        return batch.rows();
    }

    private static void tell(Consumer<? super ReplicaChange> listener, ReplicaChange change) {
        try {
            listener.accept(change);
        } catch (RuntimeException e) {
            LOG.error("a listener of the replica failed", e);
        }
    }

    @Override
    public <R> R read(Function<? super View, ? extends R> reader) {
        return reader.apply(state);
    }

    @Override
    public void listen(Consumer<? super ReplicaChange> listener) {
        listeners.add(listener);
    }

    @Override
    public void close() {
        onClose.run();
    }
}
