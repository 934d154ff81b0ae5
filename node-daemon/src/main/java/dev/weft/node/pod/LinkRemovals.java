package dev.weft.node.pod;

import dev.weft.node.util.KeyedLocks;
import dev.weft.node.util.Mender;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Deletes hosts' ends behind the commands: the kernel takes tens of milliseconds for each, and
 * nothing needs to wait for it once the port is unplugged. What a daemon does not get to is found
 * by the next one, see {@link PodKernel#hostLinks}.
 */
public final class LinkRemovals implements AutoCloseable {
    private final PodKernel kernel;
    private final Set<String> pending = ConcurrentHashMap.newKeySet();
    private final KeyedLocks<String> locks = new KeyedLocks<>();
    private final Mender mender = new Mender("removal of pods' interfaces", this::round);

    public LinkRemovals(PodKernel kernel) {
        this.kernel = kernel;
    }

    /** Begins; what was asked for earlier is done now. */
    public void start() {
        mender.start();
    }

    /** Has host's ends deleted, soon, however often that fails at first. */
    public void later(Collection<String> hostLinks) {
        pending.addAll(hostLinks);
        mender.trigger();
    }

    /**
     * Keeps a host's end that is needed again; one that is being deleted is gone when this returns.
     */
    public void keep(String hostLink) {
        try (var _ = locks.lock(hostLink)) {
            pending.remove(hostLink);
        }
    }

    /** How many are still to be deleted. */
    public int size() {
        return pending.size();
    }

    private void round() {
        RuntimeException failure = null;
        for (String hostLink : pending) {
            try (var _ = locks.lock(hostLink)) {
                if (pending.contains(hostLink)) {
                    boolean _ = kernel.delete(hostLink);
                    pending.remove(hostLink);
                }
            } catch (RuntimeException e) {
                failure = e; // the others first
            }
        }
        if (failure != null) {
            throw failure;
        }
    }

    @Override
    public void close() {
        mender.close();
    }
}
