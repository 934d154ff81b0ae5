package dev.weft.ovn.testing;

import dev.weft.ovn.Desired;
import dev.weft.ovn.Model;
import dev.weft.ovn.Owner;
import dev.weft.ovn.RowRef;
import dev.weft.ovn.RowSpec;
import dev.weft.ovn.Stamp;
import dev.weft.ovn.Table;
import dev.weft.ovn.nb.Acl;
import dev.weft.ovn.nb.DhcpOptions;
import dev.weft.ovn.nb.HaChassis;
import dev.weft.ovn.nb.HaChassisGroup;
import dev.weft.ovn.nb.LoadBalancer;
import dev.weft.ovn.nb.LogicalRouter;
import dev.weft.ovn.nb.LogicalRouterPort;
import dev.weft.ovn.nb.LogicalRouterStaticRoute;
import dev.weft.ovn.nb.LogicalSwitch;
import dev.weft.ovn.nb.LogicalSwitchPort;
import dev.weft.ovn.nb.NbGlobal;
import dev.weft.ovn.nb.Northbound;
import dev.weft.ovn.nb.PortGroup;
import dev.weft.ovsdb.Column;
import dev.weft.ovsdb.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Random desired rows of one owner, and random ways in which a database may be away from them. */
public final class RandomNorthbound {
    public static final Owner SELF = new Owner("test", "Thing", "self");
    public static final Owner OTHER = new Owner("test", "Thing", "other");
    public static final Model MODEL =
            Northbound.MODEL.only(
                    NbGlobal.TABLE,
                    LogicalSwitch.TABLE,
                    LogicalSwitchPort.TABLE,
                    LogicalRouter.TABLE,
                    LogicalRouterPort.TABLE,
                    LogicalRouterStaticRoute.TABLE,
                    LoadBalancer.TABLE,
                    PortGroup.TABLE,
                    Acl.TABLE,
                    DhcpOptions.TABLE,
                    HaChassisGroup.TABLE,
                    HaChassis.TABLE);

    private final Random random;

    public RandomNorthbound(long seed) {
        random = new Random(seed);
    }

    /**
     * Rows of nobody and of {@link #OTHER}: two switches with a port each, a port group, a router,
     * the global row.
     */
    public MemoryDatabase others() {
        var db = new MemoryDatabase(MODEL);
        db.put(NbGlobal.TABLE, Map.of(NbGlobal.OPTIONS, Map.of("theirs", "1", "our-a", "stale")));
        for (String who : List.of("foreign", "other")) {
            Map<String, String> ids =
                    who.equals("other") ? Map.of(Stamp.OWNER, OTHER.toString()) : Map.of("x", "y");
            UUID port =
                    db.put(
                            LogicalSwitchPort.TABLE,
                            Map.of(
                                    LogicalSwitchPort.NAME,
                                    who + "-port",
                                    LogicalSwitchPort.EXTERNAL_IDS,
                                    ids));
            UUID acl = db.put(Acl.TABLE, acl(who, with(ids, Stamp.KEY, "acl")));
            db.put(
                    LogicalSwitch.TABLE,
                    Map.of(
                            LogicalSwitch.NAME,
                            who + "-switch",
                            LogicalSwitch.PORTS,
                            Set.of(port),
                            LogicalSwitch.EXTERNAL_IDS,
                            ids));
            db.put(
                    PortGroup.TABLE,
                    Map.of(
                            PortGroup.NAME,
                            who + "_group",
                            PortGroup.PORTS,
                            Set.of(port),
                            PortGroup.ACLS,
                            Set.of(acl),
                            PortGroup.EXTERNAL_IDS,
                            ids));
            db.put(
                    LogicalRouter.TABLE,
                    Map.of(LogicalRouter.NAME, who + "-router", LogicalRouter.EXTERNAL_IDS, ids));
        }
        return db;
    }

    /** Some rows, of every kind of column and reference that a spec can speak of. */
    public Desired desired() {
        var rows = new ArrayList<RowSpec>();
        var switches = new ArrayList<>(List.of("foreign-switch", "other-switch"));
        for (String name : some("our-s", 3)) {
            switches.add(name);
            var acls = keyed(rows, Acl.TABLE, name + "-acl", this::aclColumns);
            var spec = RowSpec.of(LogicalSwitch.TABLE, name).withRefs(LogicalSwitch.ACLS, acls);
            rows.add(
                    random.nextBoolean()
                            ? spec.with(LogicalSwitch.OTHER_CONFIG, strings())
                            : spec.withEntries(LogicalSwitch.OTHER_CONFIG, strings())
                                    .withoutEntries(LogicalSwitch.OTHER_CONFIG, "our-gone"));
        }
        var dhcp =
                keyed(
                        rows,
                        DhcpOptions.TABLE,
                        "our-dhcp",
                        spec -> spec.with(DhcpOptions.CIDR, "10.0.0.0/8"));
        var ports =
                new ArrayList<RowRef>(List.of(RowRef.of(LogicalSwitchPort.TABLE, "other-port")));
        for (String name : some("our-p", 4)) {
            var spec =
                    RowSpec.of(LogicalSwitchPort.TABLE, name)
                            .memberOf(
                                    LogicalSwitch.PORTS,
                                    RowRef.of(LogicalSwitch.TABLE, pick(switches)))
                            .with(LogicalSwitchPort.ADDRESSES, words())
                            .withMembers(LogicalSwitchPort.PORT_SECURITY, words())
                            .withoutMembers(LogicalSwitchPort.PORT_SECURITY, Set.of("gone"))
                            .withEntries(LogicalSwitchPort.OPTIONS, strings())
                            .withEntries(LogicalSwitchPort.EXTERNAL_IDS, strings())
                            .with(
                                    LogicalSwitchPort.ENABLED,
                                    random.nextBoolean() ? Optional.of(true) : Optional.empty());
            rows.add(
                    dhcp.isEmpty()
                            ? spec
                            : spec.withRef(LogicalSwitchPort.DHCPV4_OPTIONS, pick(dhcp)));
            ports.add(spec.ref());
        }
        for (String name : some("our_g", 2)) {
            var acls = keyed(rows, Acl.TABLE, name + "-acl", this::aclColumns);
            rows.add(
                    RowSpec.of(PortGroup.TABLE, name)
                            .withRefs(PortGroup.PORTS, someOf(ports))
                            .withRefs(PortGroup.ACLS, acls)
                            .with(PortGroup.EXTERNAL_IDS, strings()));
        }
        desiredRouter(rows);
        desiredLoadBalancers(rows, switches);
        rows.add(
                RowSpec.shared(RowRef.singleton(NbGlobal.TABLE))
                        .withEntries(NbGlobal.OPTIONS, strings())
                        .withoutEntries(NbGlobal.OPTIONS, "our-gone"));
        return new Desired(SELF, rows);
    }

    private void desiredRouter(List<RowSpec> rows) {
        var groups = new ArrayList<RowRef>();
        for (String name : some("our-h", 1)) {
            var members =
                    keyed(
                            rows,
                            HaChassis.TABLE,
                            "our-ha",
                            spec ->
                                    spec.with(HaChassis.CHASSIS_NAME, "c")
                                            .with(HaChassis.PRIORITY, (long) random.nextInt(100)));
            rows.add(
                    RowSpec.of(HaChassisGroup.TABLE, name)
                            .withRefs(HaChassisGroup.HA_CHASSIS, members));
            groups.add(RowRef.of(HaChassisGroup.TABLE, name));
        }
        var routers = new ArrayList<>(List.of("foreign-router"));
        for (String name : some("our-r", 1)) {
            rows.add(
                    RowSpec.of(LogicalRouter.TABLE, name)
                            .withEntries(LogicalRouter.OPTIONS, strings()));
            routers.add(name);
        }
        for (String name : some("our-rp", 2)) {
            var spec =
                    RowSpec.of(LogicalRouterPort.TABLE, name)
                            .memberOf(
                                    LogicalRouter.PORTS,
                                    RowRef.of(LogicalRouter.TABLE, pick(routers)))
                            .with(
                                    LogicalRouterPort.NETWORKS,
                                    Set.of("10.0.%d.1/24".formatted(random.nextInt(3))))
                            .initially(
                                    LogicalRouterPort.MAC, "0a:00:00:00:00:0" + random.nextInt(3));
            rows.add(
                    groups.isEmpty()
                            ? spec.with(LogicalRouterPort.HA_CHASSIS_GROUP, Optional.empty())
                            : spec.withRef(LogicalRouterPort.HA_CHASSIS_GROUP, groups.getFirst()));
        }
        String router = pick(routers);
        for (String name : some("our-route", 3)) {
            rows.add(
                    RowSpec.of(LogicalRouterStaticRoute.TABLE, name)
                            .memberOf(
                                    LogicalRouter.STATIC_ROUTES,
                                    RowRef.of(LogicalRouter.TABLE, router))
                            .with(LogicalRouterStaticRoute.IP_PREFIX, "0.0.0.0/0")
                            .with(LogicalRouterStaticRoute.NEXTHOP, "10.0.0." + random.nextInt(3)));
        }
    }

    private void desiredLoadBalancers(List<RowSpec> rows, List<String> switches) {
        for (String name : some("our-lb", 2)) {
            var spec =
                    RowSpec.of(LoadBalancer.TABLE, name)
                            .with(
                                    LoadBalancer.PROTOCOL,
                                    Optional.of(random.nextBoolean() ? "tcp" : "udp"))
                            .withEntries(LoadBalancer.VIPS, strings())
                            .memberOfNone(LogicalSwitch.LOAD_BALANCER);
            for (String each : someOf(switches)) {
                spec =
                        spec.memberOf(
                                LogicalSwitch.LOAD_BALANCER, RowRef.of(LogicalSwitch.TABLE, each));
            }
            rows.add(spec);
        }
    }

    /** Damages rows of {@link #SELF}, and lets others put theirs where it is allowed. */
    public void damage(MemoryDatabase db) {
        for (Table table : MODEL.tables()) {
            for (Row row : db.rows(table.name())) {
                if (db.row(table.name(), row.uuid()).isPresent() && isOwn(table, row)) {
                    damage(db, table, row);
                }
            }
        }
        if (chance(3)) {
            UUID member =
                    db.put(
                            LogicalSwitchPort.TABLE,
                            Map.of(
                                    LogicalSwitchPort.NAME,
                                    "our-p1x",
                                    LogicalSwitchPort.EXTERNAL_IDS,
                                    Map.of("a", "b")));
            Row home = pick(List.copyOf(db.rows(LogicalSwitch.TABLE.name())));
            add(db, home, LogicalSwitch.PORTS, member);
        }
        db.collectGarbage();
    }

    private void damage(MemoryDatabase db, Table table, Row row) {
        for (Column<?> column : table.columns()) {
            if (table.reference(column).isEmpty() && !column.name().equals("name") && chance(4)) {
                damage(db, row, column);
            }
        }
        for (Column<Set<UUID>> column : MODEL.parentColumns(table)) {
            for (Row parent : db.rows(column.table())) {
                if (chance(8)) {
                    var members = new HashSet<>(parent.get(column));
                    if (!members.remove(row.uuid())) {
                        members.add(row.uuid());
                    }
                    db.set(parent, column, Set.copyOf(members));
                }
            }
        }
        if (table == LogicalSwitch.TABLE && chance(4)) {
            db.put(
                    table,
                    Map.of(
                            LogicalSwitch.NAME,
                            row.get(LogicalSwitch.NAME),
                            LogicalSwitch.EXTERNAL_IDS,
                            row.get(LogicalSwitch.EXTERNAL_IDS)));
        }
        if (table == PortGroup.TABLE && chance(2)) {
            add(db, row, PortGroup.ACLS, db.put(Acl.TABLE, acl("theirs", Map.of("of", "theirs"))));
            db.set(row, PortGroup.PORTS, Set.of());
        }
        if (table == LoadBalancer.TABLE && chance(2)) {
            add(
                    db,
                    pick(List.copyOf(db.rows("Logical_Switch"))),
                    LogicalSwitch.LOAD_BALANCER,
                    row.uuid());
        }
    }

    @SuppressWarnings("unchecked") // by the shape of the value that is there
    private void damage(MemoryDatabase db, Row row, Column<?> column) {
        switch (row.get(column)) {
            case Map<?, ?> map -> {
                var changed = new HashMap<>((Map<String, String>) map);
                changed.put("theirs-" + random.nextInt(3), "x");
                changed.put("our-gone", "x");
                changed.put("our-" + random.nextInt(3), "damaged");
                db.set(row, (Column<Map<String, String>>) column, Map.copyOf(changed));
            }
            case Set<?> set
                    when set.stream().allMatch(String.class::isInstance)
                            && column.type().equals(LogicalSwitchPort.ADDRESSES.type()) -> {
                var changed = new HashSet<>((Set<String>) set);
                changed.add("10.9.9.9/24");
                changed.removeIf(_ -> random.nextBoolean() && changed.size() > 1);
                db.set(row, (Column<Set<String>>) column, Set.copyOf(changed));
            }
            case Optional<?> optional when optional.isPresent() ->
                    db.set(row, (Column<Optional<Object>>) column, Optional.empty());
            default -> {}
        }
    }

    private static boolean isOwn(Table table, Row row) {
        return Stamp.owner(table, row).filter(SELF::equals).isPresent();
    }

    private static void add(MemoryDatabase db, Row row, Column<Set<UUID>> column, UUID member) {
        var members = new HashSet<>(db.row(row.table(), row.uuid()).orElseThrow().get(column));
        members.add(member);
        db.set(row, column, Set.copyOf(members));
    }

    private static Map<Column<?>, Object> acl(String match, Map<String, String> ids) {
        return Map.of(
                Acl.PRIORITY,
                1000L,
                Acl.DIRECTION,
                "to-lport",
                Acl.MATCH,
                match,
                Acl.ACTION,
                "drop",
                Acl.EXTERNAL_IDS,
                ids);
    }

    private RowSpec aclColumns(RowSpec spec) {
        return spec.with(Acl.PRIORITY, (long) random.nextInt(3))
                .with(Acl.DIRECTION, "to-lport")
                .with(Acl.MATCH, "ip")
                .with(Acl.ACTION, random.nextBoolean() ? "drop" : "allow");
    }

    private List<RowRef> keyed(
            List<RowSpec> rows,
            Table table,
            String prefix,
            java.util.function.UnaryOperator<RowSpec> columns) {
        var refs = new ArrayList<RowRef>();
        for (String key : some(prefix, 3)) {
            rows.add(columns.apply(RowSpec.of(table, key)));
            refs.add(RowRef.of(table, key));
        }
        return refs;
    }

    private List<String> some(String prefix, int atMost) {
        var names = new ArrayList<String>();
        for (int i = 0; i < atMost; i++) {
            if (random.nextBoolean()) {
                names.add(prefix + i);
            }
        }
        return names;
    }

    private <E> List<E> someOf(List<E> all) {
        return all.stream().filter(_ -> random.nextBoolean()).toList();
    }

    private Set<String> words() {
        return Set.copyOf(some("0a:00:00:00:00:0", 4));
    }

    private Map<String, String> strings() {
        var map = new HashMap<String, String>();
        some("our-", 3).forEach(key -> map.put(key, "v" + random.nextInt(2)));
        return map;
    }

    private static Map<String, String> with(Map<String, String> map, String key, String value) {
        var more = new HashMap<>(map);
        more.put(key, value);
        return Map.copyOf(more);
    }

    private <E> E pick(List<E> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }
}
