package dev.weft.cni;

import dev.weft.cni.json.JsonValue.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * What ADD made, in the newest version's terms. Older versions are a way of writing it: 0.3.1 and
 * 0.4.0 give each address its {@code version}, only 1.1.0 has MTU, socket and PCI address of
 * interfaces and the details of routes.
 */
public record CniResult(
        List<CniInterface> interfaces, List<CniIp> ips, List<CniRoute> routes, CniDns dns) {

    /**
     * Checks that addresses name interfaces that are there; {@link
     * CniErrorCode#INVALID_NETWORK_CONFIG} otherwise.
     */
    public CniResult {
        interfaces = List.copyOf(interfaces);
        ips = List.copyOf(ips);
        routes = List.copyOf(routes);
        for (var ip : ips) {
            var index = ip.interfaceIndex();
            if (index != null && index >= interfaces.size()) {
                throw CniNames.invalidField(
                        "ips.interface of " + ip.address(),
                        index.toString(),
                        "the place of one of the " + interfaces.size() + " interfaces");
            }
        }
    }

    /** Reads a result of any version that we speak; what a version does not have is absent. */
    public static CniResult parse(Fields fields) {
        var version = fields.text("cniVersion");
        if (version != null) {
            CniVersion.parse(fields.path("cniVersion"), version);
        }
        return new CniResult(
                fields.objects("interfaces").stream().map(CniInterface::parse).toList(),
                fields.objects("ips").stream().map(CniIp::parse).toList(),
                fields.objects("routes").stream().map(CniRoute::parse).toList(),
                CniDns.parse(fields.object("dns")));
    }

    /** As that version writes it; what it has no word for is left out. */
    public JsonObject toJson(CniVersion version) {
        return JsonObject.builder()
                .put("cniVersion", version.text())
                .put("interfaces", interfaces.stream().map(i -> i.toJson(version)).toList())
                .put("ips", ips.stream().map(i -> i.toJson(version)).toList())
                .put("routes", routes.stream().map(r -> r.toJson(version)).toList())
                .put("dns", dns.toJson())
                .build();
    }

    /**
     * The result of a chain: all that the plugins before us made, and what we made. An interface of
     * the same name in the same sandbox is the same interface, so merging twice changes nothing.
     */
    public CniResult mergedOnto(CniResult previous) {
        var allInterfaces = new ArrayList<>(previous.interfaces);
        var places = new ArrayList<Long>();
        for (var ours : interfaces) {
            int place = place(allInterfaces, ours);
            if (place < 0) {
                place = allInterfaces.size();
                allInterfaces.add(ours);
            } else {
                allInterfaces.set(place, ours);
            }
            places.add((long) place);
        }
        var allIps = new ArrayList<>(previous.ips);
        for (var ours : ips) {
            var index = ours.interfaceIndex();
            addIfAbsent(
                    allIps, index == null ? ours : ours.onInterface(places.get(index.intValue())));
        }
        var allRoutes = new ArrayList<>(previous.routes);
        routes.forEach(ours -> addIfAbsent(allRoutes, ours));
        return new CniResult(allInterfaces, allIps, allRoutes, dns.isEmpty() ? previous.dns : dns);
    }

    private static int place(List<CniInterface> interfaces, CniInterface wanted) {
        for (int i = 0; i < interfaces.size(); i++) {
            if (interfaces.get(i).isSameAs(wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static <T> void addIfAbsent(List<T> list, T element) {
        if (!list.contains(element)) {
            list.add(element);
        }
    }
}
