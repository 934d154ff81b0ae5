package dev.weft.relay;

import dev.weft.bus.Feeds;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.Map;

/** The real parts around the relay: a broker and a Kubernetes API. */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    private BrokerProcess broker;
    private ApiServerProcess kubernetes;

    @Override
    public Map<String, String> start() {
        try {
            broker = new BrokerProcess();
            kubernetes = new ApiServerProcess();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return Map.ofEntries(
                Map.entry("amqp-host", "127.0.0.1"),
                Map.entry("amqp-port", Integer.toString(broker.port())),
                Map.entry("quarkus.http.test-port", "0"),
                Map.entry("quarkus.kubernetes-client.api-server-url", kubernetes.url()),
                Map.entry("quarkus.kubernetes-client.token", kubernetes.token()),
                Map.entry("quarkus.kubernetes-client.trust-certs", "true"),
                Map.entry(
                        "mp.messaging.incoming.kube-pod.address",
                        Feeds.queue("kube.pod", "relay-test")),
                Map.entry(
                        "mp.messaging.incoming.kube-subnet.address",
                        Feeds.queue("kube.subnet", "relay-test")),
                Map.entry(
                        "mp.messaging.incoming.load.address",
                        Feeds.queue("test.load", "relay-test")));
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(broker, new TestInjector.MatchesType(BrokerProcess.class));
        injector.injectIntoFields(kubernetes, new TestInjector.MatchesType(ApiServerProcess.class));
    }

    @Override
    public void stop() {
        if (broker != null) broker.close();
        if (kubernetes != null) kubernetes.close();
    }
}
