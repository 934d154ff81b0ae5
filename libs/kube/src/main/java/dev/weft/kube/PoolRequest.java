package dev.weft.kube;

import dev.weft.net.DualStack;
import dev.weft.net.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a pod wants its addresses taken from. */
public sealed interface PoolRequest {

    /** What the annotation may say. */
    String ALLOWED =
            "the name of an IPPool, or addresses separated by \";\" (or by \",\" when of one family)";

    /** Any address of an IPPool. */
    record Named(String pool) implements PoolRequest {}

    /**
     * One of these: the first that is free, or for a StatefulSet the one with the pod's ordinal.
     */
    record Items(List<DualStack<IpAddress>> items) implements PoolRequest {}

    /**
     * Reads the annotation. Two comma-separated items of different family are one dual-stack item;
     * between dual-stack pairs stands a semicolon.
     *
     * @throws IllegalArgumentException when it says anything else
     */
    static PoolRequest parse(String text) {
        if (text.contains(";")) {
            return new Items(
                    Stream.of(text.split(";"))
                            .map(String::strip)
                            .filter(s -> !s.isEmpty())
                            .map(DualStack::parseAddresses)
                            .toList());
        }
        if (!text.contains(",") && !text.contains(":") && !looksLikeIpv4(text)) {
            return new Named(AnnotationReader.name(text));
        }
        var addresses =
                Stream.of(text.split(",")).map(String::strip).map(IpAddress::parse).toList();
        if (addresses.size() == 2 && addresses.get(0).family() != addresses.get(1).family()) {
            return new Items(List.of(DualStack.of(addresses, IpAddress::family)));
        }
        var items = new ArrayList<DualStack<IpAddress>>();
        addresses.forEach(address -> items.add(DualStack.of(address.family(), address)));
        return new Items(List.copyOf(items));
    }

    private static boolean looksLikeIpv4(String text) {
        return text.chars().allMatch(c -> c == '.' || c >= '0' && c <= '9');
    }
}
