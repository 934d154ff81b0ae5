package dev.weft.ovsdb.wire;

import dev.weft.ovsdb.Endpoint;
import dev.weft.ovsdb.OvsdbOptions;
import dev.weft.ovsdb.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.SocketAddress;
import org.jspecify.annotations.Nullable;

/** Connects to endpoints. */
final class Wires {
    private Wires() {}

    static Future<Wire> connect(ContextInternal context, Endpoint endpoint, OvsdbOptions options) {
        var net =
                new NetClientOptions()
                        .setConnectTimeout((int) options.connectTimeout().toMillis())
                        .setTcpKeepAlive(true);
        return switch (endpoint) {
            case Endpoint.Unix(var path) when context.owner().isNativeTransportEnabled() ->
                    connect(
                            context.owner(),
                            new NetClientOptions(),
                            SocketAddress.domainSocketAddress(path));
            case Endpoint.Unix(var path) ->
                    NioUnixWire.connect(context, path, options.connectTimeout());
            case Endpoint.Tcp(var host, var port) ->
                    connect(context.owner(), net, SocketAddress.inetSocketAddress(port, host));
            case Endpoint.Ssl(var host, var port) ->
                    connect(
                            context.owner(),
                            secured(net, options.tls()),
                            SocketAddress.inetSocketAddress(port, host));
        };
    }

    /** The files are read at every connect, so that renewed certificates are taken up. */
    private static NetClientOptions secured(NetClientOptions net, @Nullable Tls tls) {
        if (tls == null) {
            throw new IllegalStateException("no TLS certificates");
        }
        net.setSsl(true)
                .setHostnameVerificationAlgorithm(tls.verifyHost() ? "HTTPS" : "")
                .setTrustOptions(new PemTrustOptions().addCertPath(tls.authority().toString()));
        if (tls.certificate() != null && tls.privateKey() != null) {
            net.setKeyCertOptions(
                    new PemKeyCertOptions()
                            .addCertPath(tls.certificate().toString())
                            .addKeyPath(tls.privateKey().toString()));
        }
        return net;
    }

    private static Future<Wire> connect(
            Vertx vertx, NetClientOptions options, SocketAddress address) {
        var client = vertx.createNetClient(options);
        return client.connect(address)
                .<Wire>map(socket -> new NetSocketWire(client, socket))
                .onFailure(_ -> client.close());
    }
}
