package dev.weft.node;

import dev.weft.cni.CniError;
import dev.weft.cni.CniResult;
import dev.weft.cni.CniVersion;
import dev.weft.cni.Fields;
import dev.weft.cni.json.JsonWriter;
import dev.weft.netlink.NetNs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Asks the daemon as the CNI binary does. */
record CniClient(Path socket) {
    /** What the daemon answered. */
    record Answer(int status, byte[] body) {
        boolean isSuccess() {
            return status == 200;
        }

        CniResult result() {
            if (!isSuccess()) {
                throw new AssertionError("CNI failed: " + this);
            }
            return CniResult.parse(Fields.read(body, "result"));
        }

        CniError error() {
            if (isSuccess()) {
                throw new AssertionError("CNI succeeded: " + this);
            }
            return CniError.parse(Fields.read(body, "error"));
        }

        @Override
        public String toString() {
            return status + " " + new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A container of a pod. */
    record Container(
            String id, @Nullable NetNs ns, String namespace, String pod, @Nullable String uid) {}

    Answer add(Container container) {
        return add(container, 20);
    }

    Answer add(Container container, int seconds) {
        return post("add", request("ADD", container, ", \"timeout_seconds\": " + seconds));
    }

    Answer del(Container container) {
        return post("del", request("DEL", container, ""));
    }

    Answer check(Container container, CniResult previous) {
        return post(
                "check",
                request(
                        "CHECK",
                        container,
                        ", \"prevResult\": "
                                + JsonWriter.write(previous.toJson(CniVersion.V1_1_0))));
    }

    Answer gc(String validAttachments) {
        return post(
                "gc",
                "{\"command\": \"GC\", \"config\": {"
                        + CONFIG
                        + ", \"cni.dev/valid-attachments\": "
                        + validAttachments
                        + "}}");
    }

    Answer status() {
        return post("status", "{\"command\": \"STATUS\", \"config\": {" + CONFIG + "}}");
    }

    private static final String CONFIG =
            "\"cniVersion\": \"1.1.0\", \"name\": \"weft\", \"type\": \"weft\"";

    private static String request(String command, Container container, String more) {
        String netns = container.ns() == null ? "" : "\"netns\": \"" + container.ns() + "\",";
        String uid =
                container.uid() == null ? "" : ", \"K8S_POD_UID\": \"" + container.uid() + "\"";
        return """
                {"command": "%s", "containerID": "%s", %s "ifName": "eth0",
                 "args": {"IgnoreUnknown": "1", "K8S_POD_NAMESPACE": "%s", "K8S_POD_NAME": "%s"%s},
                 "config": {%s%s}}"""
                .formatted(
                        command,
                        container.id(),
                        netns,
                        container.namespace(),
                        container.pod(),
                        uid,
                        CONFIG,
                        more);
    }

    Answer post(String command, String json) {
        try (var client = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            client.connect(UnixDomainSocketAddress.of(socket));
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            var head =
                    ("POST /v1/"
                                    + command
                                    + " HTTP/1.1\r\nHost: weft\r\nContent-Length: "
                                    + body.length
                                    + "\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII);
            var all = ByteBuffer.allocate(head.length + body.length).put(head).put(body).flip();
            while (all.hasRemaining()) {
                client.write(all);
            }
            byte[] answer = Channels.newInputStream(client).readAllBytes();
            String text = new String(answer, StandardCharsets.ISO_8859_1);
            int start = text.indexOf("\r\n\r\n") + 4;
            byte[] rest = new byte[answer.length - start];
            System.arraycopy(answer, start, rest, 0, rest.length);
            return new Answer(Integer.parseInt(text.substring(9, 12)), rest);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
