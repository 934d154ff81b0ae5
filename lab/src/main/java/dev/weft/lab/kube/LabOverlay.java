package dev.weft.lab.kube;

import dev.weft.lab.LabLayout;
import dev.weft.lab.LabState;
import dev.weft.lab.part.OvnCentral;
import dev.weft.lab.part.Underlay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An overlay over {@code deploy/k8s/overlays/kubernetes-1.20} for a lab with real nodes: all of the
 * control plane on the first, since nothing here makes cluster IPs work; the nodes' folders are
 * where the lab has them.
 */
public final class LabOverlay {
    private static final String KUSTOMIZATION =
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources: [%1$s]
            images:
            - {name: postgres, newName: localhost/weft/postgresql, newTag: 0.1.0}
            - {name: apache/activemq-artemis, newName: localhost/weft/broker, newTag: 0.1.0}
            generatorOptions: {disableNameSuffixHash: true}
            secretGenerator:
            - {name: weft-postgresql, namespace: weft-system, literals: [username=weft_ipam, password=%2$s]}
            - {name: weft-broker, namespace: weft-system, literals: [username=weft, password=%3$s]}
            configMapGenerator:
            - name: kubernetes-services-endpoint
              namespace: weft-system
              literals: [KUBERNETES_SERVICE_HOST=%4$s, KUBERNETES_SERVICE_PORT=%5$d]
            patches:
            - patch: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: weft-endpoints, namespace: weft-system}
                data: {WEFT_OVN_NB: "%6$s", WEFT_NODE_SB: "%7$s"}
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: weft-relay, namespace: weft-system}
                spec: {template: {spec: {nodeSelector: {kubernetes.io/hostname: %8$s}, containers: [{name: relay, env: [
                  {name: AMQP_HOST, value: 127.0.0.1}, {name: AMQP_PORT, value: "5672"}]}]}}}
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: weft-ipam, namespace: weft-system}
                spec: {template: {spec: {nodeSelector: {kubernetes.io/hostname: %8$s}, containers: [{name: ipam, env: [
                  {name: AMQP_HOST, value: 127.0.0.1}, {name: AMQP_PORT, value: "5672"},
                  {name: WEFT_RELAY_URL, value: "http://%10$s:8081"},
                  {name: QUARKUS_DATASOURCE_REACTIVE_URL, value: "postgresql://127.0.0.1:5432/weft_ipam"},
                  {name: QUARKUS_DATASOURCE_JDBC_URL, value: "jdbc:postgresql://127.0.0.1:5432/weft_ipam"}]}]}}}
            - patch: |
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: weft-vpc, namespace: weft-system}
                spec: {template: {spec: {nodeSelector: {kubernetes.io/hostname: %8$s}, containers: [{name: vpc, env: [
                  {name: AMQP_HOST, value: 127.0.0.1}, {name: AMQP_PORT, value: "5672"},
                  {name: WEFT_RELAY_URL, value: "http://%10$s:8081"},
                  {name: WEFT_IPAM_URL, value: "http://%10$s:8082"}]}]}}}
            - patch: |
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: weft-postgresql, namespace: weft-system}
                spec: {template: {spec: {nodeSelector: {weft.dev/postgresql: null, kubernetes.io/hostname: %8$s},
                  volumes: [{name: data, hostPath: null, emptyDir: {}}]}}}
            - patch: |
                apiVersion: apps/v1
                kind: StatefulSet
                metadata: {name: weft-artemis, namespace: weft-system}
                spec: {template: {spec: {nodeSelector: {kubernetes.io/hostname: %8$s}, containers: [{name: artemis, env: [
                  {name: WEFT_BROKER_PASSWORD, valueFrom: {secretKeyRef: {name: weft-broker, key: password}}}]}]}}}
            - patch: |
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: weft-cni, namespace: weft-system}
                data:
                  10-weft.conflist: |
                    {"cniVersion": "1.0.0", "name": "weft", "plugins": [{"type": "weft", "server_socket": "%9$s/__NODE__/cni.sock"}]}
            - patch: |
                apiVersion: apps/v1
                kind: DaemonSet
                metadata: {name: weft-node-daemon, namespace: weft-system}
                spec:
                  template:
                    spec:
                      initContainers:
                      - name: install-cni
                        env: [{name: NODE, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}]
                        command: [/opt/weft/install-cni, "%9$s/$(NODE)/cni/bin", "%9$s/$(NODE)/cni/net.d",
                          /etc/weft/cni/10-weft.conflist]
                        volumeMounts: [{name: nodes, mountPath: "%9$s"}]
                      containers:
                      - name: node-daemon
                        env:
                        - {name: WEFT_NODE_NAME, valueFrom: {fieldRef: {fieldPath: spec.nodeName}}}
                        - {name: WEFT_NODE_OVS, value: "unix:%9$s/$(WEFT_NODE_NAME)/db.sock"}
                        - {name: WEFT_NODE_CNI_SOCKET, value: "%9$s/$(WEFT_NODE_NAME)/cni.sock"}
                        - {name: WEFT_NODE_DATAPATH, value: netdev}
                        - {name: WEFT_NODE_REMOTE_PROBE_INTERVAL, value: "0"}
                        - {name: WEFT_NODE_OPENFLOW_PROBE_INTERVAL, value: "0"}
                        volumeMounts:
                        - {name: nodes, mountPath: "%9$s", mountPropagation: HostToContainer}
                        - {mountPath: /run/netns, $patch: delete}
                      volumes: [{name: nodes, hostPath: {path: "%9$s"}}, {name: run-netns, $patch: delete}]
            """;

    private LabOverlay() {}

    /** Writes the overlay and returns its folder, for {@code kubectl apply -k}. */
    public static Path write(LabLayout layout, LabState state, Path home) {
        try {
            Path folder = Files.createDirectories(layout.file("deploy"));
            Path base = home.resolve("deploy/k8s/overlays/kubernetes-1.20").toRealPath();
            Files.writeString(
                    folder.resolve("kustomization.yaml"),
                    KUSTOMIZATION.formatted(
                            folder.toRealPath().relativize(base),
                            state.postgresPassword(),
                            state.brokerPassword(),
                            Underlay.apiAddress(),
                            layout.port(LabLayout.Port.KUBE_API),
                            OvnCentral.northboundForNodes(),
                            OvnCentral.southboundForNodes(),
                            state.nodes().getFirst().name(),
                            layout.file("node"),
                            Underlay.nodeAddress(state.nodes().getFirst().index())));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
