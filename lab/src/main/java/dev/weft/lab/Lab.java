package dev.weft.lab;

import dev.weft.lab.LabState.KubeMode;
import dev.weft.lab.LabState.NodeEntry;
import dev.weft.lab.LabState.PodMode;
import dev.weft.lab.host.Home;
import dev.weft.lab.host.LabProcess;
import dev.weft.lab.kube.KubeAssets;
import dev.weft.lab.kube.KubeCredentials;
import dev.weft.lab.kube.KubeletAssets;
import dev.weft.lab.part.Broker;
import dev.weft.lab.part.EmbeddedKubeApi;
import dev.weft.lab.part.KubeApi;
import dev.weft.lab.part.Kubelets;
import dev.weft.lab.part.LabNode;
import dev.weft.lab.part.NodeDaemon;
import dev.weft.lab.part.OvnCentral;
import dev.weft.lab.part.PodRunner;
import dev.weft.lab.part.Postgres;
import dev.weft.lab.part.RealKubeApi;
import dev.weft.lab.part.Service;
import dev.weft.lab.part.Services;
import dev.weft.lab.part.Underlay;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A lab and its parts: what the {@code weft} script and the end-to-end tests drive. Opening it
 * starts nothing; {@link LabUp} brings it up and {@link LabDown} removes it.
 */
public final class Lab implements AutoCloseable {
    private final LabLayout layout;
    private final Path home;
    private final Underlay underlay;
    private final OvnCentral central;
    private final Postgres postgres;
    private final Broker broker;
    private final KubeApi kubeApi;
    private final List<Service> services;
    private final PodRunner podRunner;
    private final @Nullable Kubelets kubelets;
    private final NodeDaemon nodeDaemon;
    private final List<LabNode> nodes = new CopyOnWriteArrayList<>();
    private final Lazy<KubernetesClient> kube;
    private final LabPods pods;
    private LabState state;

    private Lab(LabLayout layout, LabState state) {
        this.layout = layout;
        this.state = state;
        this.home = Home.find();
        this.underlay = new Underlay(layout);
        this.central = new OvnCentral(layout);
        this.postgres = new Postgres(layout, state.postgresPassword());
        this.broker = new Broker(layout, state.brokerPassword());
        KubeCredentials credentials = new KubeCredentials(layout, state.kubeToken());
        this.kubelets =
                state.pods() == PodMode.KUBELET
                        ? new Kubelets(layout, home, KubeletAssets.find(), credentials)
                        : null;
        this.kubeApi = kubeApi(layout, state, credentials, kubelets);
        this.services = new Services(layout, home, state, central, postgres, broker).all();
        this.podRunner = new PodRunner(layout);
        this.nodeDaemon = new NodeDaemon(layout, home);
        state.nodes().forEach(entry -> nodes.add(new LabNode(layout, entry, nodeDaemon)));
        this.kube =
                new Lazy<>(
                        () ->
                                new KubernetesClientBuilder()
                                        .withConfig(
                                                Config.fromKubeconfig(layout.kubeconfig().toFile()))
                                        .build());
        this.pods = new LabPods(this);
    }

    /**
     * The lab that is there.
     *
     * @throws NoSuchElementException when there is none; the message says how to get one
     */
    public static Lab open(LabLayout layout) {
        return LabState.read(layout)
                .map(state -> new Lab(layout, state))
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "there is no lab '"
                                                + layout.name()
                                                + "': start it with `weft up`"));
    }

    /**
     * The lab that is there, or the beginning of a new one of this kind. Nothing is started: {@link
     * LabUp} starts all of it, tests that need a part or two start those.
     */
    public static Lab openOrCreate(LabLayout layout, LabSpec spec) {
        var found = LabState.read(layout);
        LabState state =
                found.orElseGet(() -> LabState.fresh(choose(spec), spec.pods(), spec.nodes()));
        state.write(layout);
        if (found.isEmpty()) {
            NativeParts.asked().write(layout);
        }
        return new Lab(layout, state);
    }

    /** Where everything is. */
    public LabLayout layout() {
        return layout;
    }

    /** The root of the checkout. */
    public Path home() {
        return home;
    }

    /** What the lab was made of. */
    public synchronized LabState state() {
        return state;
    }

    /** The network between the nodes. */
    public Underlay underlay() {
        return underlay;
    }

    /** OVN's databases and northd. */
    public OvnCentral central() {
        return central;
    }

    /** The ledger's database. */
    public Postgres postgres() {
        return postgres;
    }

    /** The message broker. */
    public Broker broker() {
        return broker;
    }

    /** The Kubernetes API's processes. */
    public KubeApi kubeApi() {
        return kubeApi;
    }

    /** Our control services. */
    public List<Service> services() {
        return services;
    }

    /** What stands in for kubelet. */
    public PodRunner podRunner() {
        return podRunner;
    }

    /** Scheduler, kubelets and runtimes, in a lab that has real nodes. */
    public Optional<Kubelets> kubelets() {
        return Optional.ofNullable(kubelets);
    }

    /** The nodes, in the order in which they were added. */
    public List<LabNode> nodes() {
        return List.copyOf(nodes);
    }

    /** The node of this name. */
    public LabNode node(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "there is no node '"
                                                + name
                                                + "': "
                                                + nodes.stream().map(LabNode::name).toList()
                                                + " are there"));
    }

    /** The pods. */
    public LabPods pods() {
        return pods;
    }

    /** A client of the lab's Kubernetes API with all rights. */
    public KubernetesClient kube() {
        return kube.get();
    }

    /** Every process of the lab, in the order in which they are started. */
    public List<LabProcess> processes() {
        List<LabProcess> all = new ArrayList<>(foundation());
        services.forEach(service -> all.add(service.process()));
        nodes.forEach(node -> all.add(node.daemon()));
        if (kubelets == null) {
            all.add(podRunner.process());
        }
        return all;
    }

    /** The processes that are not ours. */
    public List<LabProcess> foundation() {
        List<LabProcess> all = new ArrayList<>(central.processes());
        all.add(postgres.process());
        all.add(broker.process());
        all.addAll(kubeApi.processes());
        nodes.forEach(node -> all.addAll(node.foundation()));
        kubelets().ifPresent(real -> all.addAll(real.processes(nodes())));
        return all;
    }

    /**
     * The process of this name, as {@code weft status} shows it: {@code ipam}, {@code
     * n1/node-daemon}, {@code ovn-nb}.
     */
    public LabProcess process(String name) {
        String plain =
                name.endsWith("-service")
                        ? name.substring(0, name.length() - "-service".length())
                        : name;
        return processes().stream()
                .filter(process -> process.name().equals(plain))
                .findFirst()
                .orElseThrow(
                        () ->
                                new NoSuchElementException(
                                        "there is no '"
                                                + name
                                                + "'; there are: "
                                                + String.join(
                                                        ", ",
                                                        processes().stream()
                                                                .map(LabProcess::name)
                                                                .toList())));
    }

    /**
     * Adds a node to the state; {@link LabUp} starts it. Returns the one that is there when the
     * name is taken.
     */
    synchronized LabNode addNode(String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseGet(
                        () -> {
                            int index =
                                    state.nodes().stream()
                                                    .mapToInt(NodeEntry::index)
                                                    .max()
                                                    .orElse(0)
                                            + 1;
                            NodeEntry entry = new NodeEntry(name, index);
                            List<NodeEntry> entries = new ArrayList<>(state.nodes());
                            entries.add(entry);
                            write(state.withNodes(entries));
                            LabNode node = new LabNode(layout, entry, nodeDaemon);
                            nodes.add(node);
                            return node;
                        });
    }

    /** Forgets a node that has been removed. */
    synchronized void forgetNode(String name) {
        nodes.removeIf(node -> node.name().equals(name));
        write(
                state.withNodes(
                        state.nodes().stream()
                                .filter(entry -> !entry.name().equals(name))
                                .toList()));
    }

    /**
     * Notes that the lab was found good: a further {@code weft up} has nothing to do while all of
     * it runs.
     */
    public synchronized void completed() {
        write(state.completed());
    }

    private void write(LabState changed) {
        state = changed;
        changed.write(layout);
    }

    @Override
    public void close() {
        kube.ifMade(KubernetesClient::close);
    }

    private static KubeMode choose(LabSpec spec) {
        boolean found = spec.kube() != LabSpec.Kube.EMBEDDED && KubeAssets.find().isPresent();
        if (!found && (spec.kube() == LabSpec.Kube.REAL || spec.pods() == PodMode.KUBELET)) {
            throw new NoSuchElementException(
                    "no kube-apiserver and etcd: put them on the PATH, or name their folder in KUBE_ASSETS");
        }
        return found ? KubeMode.REAL : KubeMode.EMBEDDED;
    }

    private static KubeApi kubeApi(
            LabLayout layout,
            LabState state,
            KubeCredentials credentials,
            @Nullable Kubelets kubelets) {
        return switch (state.kube()) {
            case EMBEDDED -> new EmbeddedKubeApi(layout);
            case REAL ->
                    new RealKubeApi(
                            layout,
                            KubeAssets.find()
                                    .orElseThrow(
                                            () ->
                                                    new NoSuchElementException(
                                                            "this lab's kube-apiserver is gone from where it was")),
                            credentials,
                            kubelets == null ? null : kubelets.machine().netns());
        };
    }
}
