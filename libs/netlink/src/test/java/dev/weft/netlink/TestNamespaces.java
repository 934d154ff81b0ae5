package dev.weft.netlink;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Network namespaces for a test, deleted after it whatever happened. */
final class TestNamespaces implements AfterEachCallback {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final List<NetNs> made = new ArrayList<>();

    NetNs create() {
        NetNs ns =
                NetNs.create(
                        "node-nl-"
                                + ProcessHandle.current().pid()
                                + "-"
                                + NUMBER.incrementAndGet());
        made.add(ns);
        return ns;
    }

    @Override
    public void afterEach(ExtensionContext context) {
        made.forEach(NetNs::delete);
        made.clear();
    }
}
