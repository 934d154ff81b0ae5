package dev.weft.relay.watch;

import dev.weft.bus.Backoff;
import dev.weft.relay.feed.FeedStore;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptions;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watcher;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a {@link FeedStore} equal to the objects of a kind: a list in pages, then a watch from its
 * version, on and on. Objects are trimmed as they come, so that not more than a page is held whole.
 * A version that is too old leads to a new list, which changes the store by its differences only.
 *
 * <p>A kind that the API server does not know (its CRD is not installed yet) is asked for again;
 * the store is not touched, since an API server that has just started says so of every CRD. A kind
 * of others that is certainly not installed counts as listed and empty.
 */
public final class ListWatch<T extends HasMetadata> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ListWatch.class);
    private static final Backoff BACKOFF =
            Backoff.between(Duration.ofMillis(100), Duration.ofSeconds(1));
    private static final Backoff UNKNOWN_KIND =
            Backoff.between(Duration.ofMillis(250), Duration.ofSeconds(1));

    /** How soon it is noticed that somebody installs it. */
    private static final Backoff NOT_INSTALLED =
            Backoff.between(Duration.ofSeconds(1), Duration.ofSeconds(15));

    /**
     * A server that was restored from a backup refuses our version without saying that it is gone.
     */
    private static final int FAILED_WATCHES_TO_LIST_AGAIN = 3;

    private final Kind<T> kind;
    private final Access<T> access;
    private final FeedStore store;
    private final int pageSize;
    private final Runnable onListed;
    private final RandomGenerator random = RandomGenerator.getDefault();
    private final Semaphore never = new Semaphore(0);
    private final LongAdder lists = new LongAdder();
    private final LongAdder watches = new LongAdder();
    private final LongAdder untrimmable = new LongAdder();
    private final Thread thread;
    private volatile boolean listed;
    private volatile boolean watching;
    private volatile boolean closed;
    private int failures;

    /**
     * How it stands.
     *
     * @param listed whether a list was ever complete
     * @param watching whether a watch runs now
     * @param lists complete lists so far
     * @param watches watches begun so far
     * @param untrimmable objects that could not be read
     */
    public record Status(
            boolean listed, boolean watching, long lists, long watches, long untrimmable) {}

    private ListWatch(
            Kind<T> kind, Access<T> access, FeedStore store, int pageSize, Runnable onListed) {
        this.kind = kind;
        this.access = access;
        this.store = store;
        this.pageSize = pageSize;
        this.onListed = onListed;
        this.thread = Thread.ofVirtual().name("watch-" + kind.feed()).unstarted(this::run);
    }

    /**
     * Begins; returns at once.
     *
     * @param onListed runs after every complete list
     */
    public static <T extends HasMetadata> ListWatch<T> start(
            Kind<T> kind,
            KubernetesClient client,
            FeedStore store,
            int pageSize,
            Runnable onListed) {
        return start(kind, kind.access().apply(client), store, pageSize, onListed);
    }

    static <T extends HasMetadata> ListWatch<T> start(
            Kind<T> kind, Access<T> access, FeedStore store, int pageSize, Runnable onListed) {
        var made = new ListWatch<>(kind, access, store, pageSize, onListed);
        made.thread.start();
        return made;
    }

    /** How it stands. */
    public Status status() {
        return new Status(listed, watching, lists.sum(), watches.sum(), untrimmable.sum());
    }

    /** Ends the watch. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                try {
                    var version = list();
                    failures = 0;
                    watchFrom(version);
                } catch (RuntimeException e) {
                    failed(e);
                }
            }
        } catch (InterruptedException e) {
            if (!closed) LOG.error("{}: watch interrupted", kind.feed(), e);
        }
    }

    /** Lists all pages and returns the version that they stand for. */
    private String list() {
        var seen = new HashSet<String>();
        String next = null;
        String version;
        do {
            var page =
                    access.list(
                            new ListOptionsBuilder()
                                    .withLimit((long) pageSize)
                                    .withContinue(next)
                                    .build());
            for (var object : page.getItems()) {
                seen.add(Kind.keyOf(object));
                put(object);
            }
            version = page.getMetadata().getResourceVersion();
            next = page.getMetadata().getContinue();
        } while (next != null && !next.isEmpty());
        store.retainAll(seen);
        lists.increment();
        if (!listed) LOG.info("{}: {} objects listed", kind.feed(), seen.size());
        listed = true;
        onListed.run();
        return version;
    }

    /** Watches from the version on until a new list is needed. */
    private void watchFrom(String first) throws InterruptedException {
        var version = first;
        while (!closed && failures < FAILED_WATCHES_TO_LIST_AGAIN) {
            var session = new WatchSession<T>(version, this::apply);
            var end = watch(session);
            version = session.version();
            if (end == WatchSession.End.GONE) {
                LOG.info("{}: version {} is gone, listing again", kind.feed(), version);
                return;
            }
            failures = session.progressed() ? 1 : failures + 1;
            pause(BACKOFF);
        }
    }

    private WatchSession.End watch(WatchSession<T> session) throws InterruptedException {
        try (var _ = access.watch(options(session.version()), session)) {
            watches.increment();
            watching = true;
            return session.awaitEnd();
        } catch (KubernetesClientException e) {
            LOG.debug("{}: no watch", kind.feed(), e);
            return e.getCode() == 410 ? WatchSession.End.GONE : WatchSession.End.BROKEN;
        } finally {
            watching = false;
        }
    }

    private static ListOptions options(String version) {
        return new ListOptionsBuilder()
                .withResourceVersion(version)
                .withAllowWatchBookmarks(true)
                .build();
    }

    private void apply(Watcher.Action action, T object) {
        if (action == Watcher.Action.DELETED) store.remove(Kind.keyOf(object));
        else put(object);
    }

    private void put(T object) {
        try {
            store.put(Kind.keyOf(object), kind.trim().apply(object));
        } catch (RuntimeException e) {
            untrimmable.increment();
            LOG.error("{}: {} cannot be read and is left out", kind.feed(), Kind.keyOf(object), e);
        }
    }

    private void failed(RuntimeException e) throws InterruptedException {
        failures++;
        if (e instanceof KubernetesClientException refusal && refusal.getCode() == 404) {
            if (failures == 1)
                LOG.info("{}: the API server does not know this kind yet", kind.feed());
            if (isNotInstalled()) {
                if (!listed) LOG.info("{}: not installed in this cluster", kind.feed());
                store.retainAll(Set.of());
                listed = true;
                onListed.run();
                pause(NOT_INSTALLED);
            } else {
                pause(UNKNOWN_KIND);
            }
        } else {
            if (failures == 1 || failures % 20 == 0)
                LOG.warn("{}: cannot list: {}", kind.feed(), e.toString());
            pause(BACKOFF);
        }
    }

    private boolean isNotInstalled() {
        try {
            return !access.mayBeInstalled();
        } catch (RuntimeException e) {
            LOG.debug("{}: cannot tell whether it is installed", kind.feed(), e);
            return false;
        }
    }

    private void pause(Backoff backoff) throws InterruptedException {
        never.tryAcquire(
                backoff.delay(Math.max(1, failures), random).toNanos(), TimeUnit.NANOSECONDS);
    }
}
