package dev.weft.relay;

import dev.weft.bus.Feeds;
import dev.weft.lab.Lab;
import dev.weft.lab.LabDown;
import dev.weft.lab.LabLayout;
import dev.weft.lab.LabSpec;
import dev.weft.lab.kube.ClusterObjects;
import io.fabric8.kubernetes.client.Config;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The parts around the relay, taken from a lab: a broker and a Kubernetes API. With the argument
 * {@code kinds=absent} nobody has installed our CRDs yet.
 */
public final class Surroundings implements QuarkusTestResourceLifecycleManager {
    private boolean kinds;
    private Lab lab;

    /** A lab of which nothing runs; what a killed run left is gone. */
    static Lab emptyLab(String prefix) {
        var layout = LabLayout.ofCheckout(prefix);
        LabDown.down(layout);
        return Lab.openOrCreate(layout, new LabSpec(1, LabSpec.Kube.ofTests(), false));
    }

    /** Removes what was started of the lab. */
    static void remove(Lab lab) {
        lab.close();
        LabDown.down(lab.layout());
    }

    @Override
    public void init(Map<String, String> arguments) {
        kinds = !"absent".equals(arguments.get("kinds"));
    }

    @Override
    public Map<String, String> start() {
        lab = emptyLab("rely");
        lab.broker().process().start();
        lab.kubeApi().ensure();
        if (kinds) new ClusterObjects(lab).ensureKinds();
        var settings = new HashMap<String, String>();
        lab.broker()
                .clientEnvironment()
                .forEach((key, value) -> settings.put(key.toLowerCase().replace('_', '-'), value));
        kubernetes(Config.fromKubeconfig(lab.layout().kubeconfig().toFile()))
                .forEach((key, value) -> settings.put("quarkus.kubernetes-client." + key, value));
        settings.put("quarkus.http.test-port", "0");
        for (var feed :
                Map.of("kube-pod", Feeds.POD, "kube-subnet", Feeds.SUBNET, "load", "test.load")
                        .entrySet()) {
            settings.put(
                    "mp.messaging.incoming." + feed.getKey() + ".address",
                    Feeds.queue(feed.getValue(), "relay-test"));
        }
        return settings;
    }

    private static Map<String, String> kubernetes(Config config) {
        var settings = new HashMap<String, String>();
        settings.put("api-server-url", config.getMasterUrl());
        settings.put("token", config.getAutoOAuthToken());
        Optional.ofNullable(config.getCaCertData())
                .ifPresent(ca -> settings.put("ca-cert-data", ca));
        return settings;
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(lab, new TestInjector.MatchesType(Lab.class));
    }

    @Override
    public void stop() {
        if (lab != null) remove(lab);
    }
}
