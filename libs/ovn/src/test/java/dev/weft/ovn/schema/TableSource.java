package dev.weft.ovn.schema;

import dev.weft.ovn.schema.SchemaTables.SchemaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Prints the column constants of the tables that we use from the installed schemas. Run {@link
 * #main} with the module's {@code src/main/java} as argument after adding a table to {@link
 * #DATABASES}, then let Spotless format the result.
 */
final class TableSource {

    /**
     * Where a database's schema is, which package its tables go to, and what we say about each
     * table.
     */
    record Source(String schema, String javaPackage, String model, Map<String, String> tables) {}

    /**
     * Tables whose name column identifies a row for us although the database does not keep it
     * unique.
     */
    private static final Set<String> NAMED_WITHOUT_INDEX =
            Set.of("Logical_Switch", "Logical_Router", "Load_Balancer", "Mirror");

    /**
     * Columns that a daemon rewrites every few seconds: never monitored, hence no constants for
     * them.
     */
    private static final Set<String> VOLATILE = Set.of("statistics", "rstp_statistics");

    static final List<Source> DATABASES =
            List.of(
                    new Source(
                            "/usr/share/ovn/ovn-nb.ovsschema",
                            "nb",
                            "Northbound",
                            tables(
                                    """
                    Logical_Switch            A layer-2 network: a subnet.
                    Logical_Switch_Port       A port of a logical switch: a pod, a node, or the switch's side of a router port.
                    Logical_Router            A layer-3 router: a VPC.
                    Logical_Router_Port       A port of a logical router.
                    Logical_Router_Static_Route  A route of a logical router.
                    Logical_Router_Policy     A policy route of a logical router, matched before its routes.
                    NAT                       A translation rule of a logical router.
                    Load_Balancer             Virtual addresses and the backends behind them.
                    Load_Balancer_Health_Check  How the backends of a load balancer's virtual address are probed.
                    ACL                       A filter rule of a switch or a port group.
                    Port_Group                Ports that share ACLs and that a match expression can name.
                    Address_Set               Addresses that a match expression can name.
                    DHCP_Options              What OVN answers to DHCP requests of the ports that refer to the row.
                    DNS                       Names that OVN answers itself.
                    QoS                       A marking or rate rule of a logical switch.
                    Meter                     A rate limit that ACL logging refers to by name.
                    Meter_Band                The rate of a meter.
                    HA_Chassis_Group          Chassis among which one is elected to host a port.
                    HA_Chassis                A member of an HA chassis group with its priority.
                    Gateway_Chassis           A chassis that may host a distributed gateway port.
                    BFD                       A BFD session of a logical router port.
                    NB_Global                 The one row of settings for the whole northbound database.
                    """)),
                    new Source(
                            "/usr/share/ovn/ovn-sb.ovsschema",
                            "sb",
                            "Southbound",
                            tables(
                                    """
                    SB_Global                 The one row of settings for the whole southbound database.
                    Chassis                   A node as its ovn-controller registered it.
                    Chassis_Private           What only one chassis writes about itself.
                    Encap                     A tunnel endpoint of a chassis.
                    Port_Binding              A logical port and the chassis that hosts it.
                    """)),
                    new Source(
                            "/usr/share/openvswitch/vswitch.ovsschema",
                            "ovs",
                            "Vswitch",
                            tables(
                                    """
                    Open_vSwitch              The one row of settings for a node's Open vSwitch; ovn-controller reads its configuration here.
                    Bridge                    A virtual switch of the node.
                    Port                      A port of a bridge.
                    Interface                 A network device behind a port.
                    QoS                       Traffic shaping of a port.
                    Queue                     A queue of a QoS row.
                    Mirror                    A port that receives copies of a bridge's packets.
                    """)));

    private TableSource() {}

    public static void main(String[] args) throws IOException {
        for (Source source : DATABASES) {
            Path folder =
                    Files.createDirectories(Path.of(args[0], "dev/weft/ovn", source.javaPackage()));
            var schema = SchemaTables.read(Path.of(source.schema()));
            for (var table : source.tables().entrySet()) {
                Files.writeString(
                        folder.resolve(className(table.getKey()) + ".java"),
                        print(source, schema.table(table.getKey()), table.getValue()));
            }
            Files.writeString(folder.resolve(source.model() + ".java"), printModel(source, schema));
        }
    }

    static String print(Source source, SchemaTable table, String about) {
        var columns = table.columns().stream().filter(c -> !VOLATILE.contains(c.name())).toList();
        var body = new StringBuilder();
        for (var column : columns) {
            if (!column.note().isEmpty()) {
                body.append("/** ").append(sentence(column.note())).append(" */\n");
            }
            body.append(
                    "public static final Column<%s> %s = new Column<>(\"%s\", \"%s\", %s);\n\n"
                            .formatted(
                                    column.javaType(),
                                    column.constant(),
                                    table.name(),
                                    column.name(),
                                    column.typeExpression()));
        }
        body.append(
                        "/** What the planner must know of the table. */\npublic static final Table TABLE = Table.")
                .append(identity(table));
        if (table.has("external_ids")) {
            body.append(".stampedIn(EXTERNAL_IDS)");
        }
        for (var column : columns) {
            column.reference()
                    .ifPresent(
                            reference ->
                                    body.append(
                                            ".reference(%s, Reference.Kind.%s, \"%s\")"
                                                    .formatted(
                                                            column.constant(),
                                                            reference.kind(),
                                                            reference.table())));
        }
        body.append(".columns(")
                .append(columns.stream().map(c -> c.constant()).collect(Collectors.joining(", ")))
                .append(").build();\n");
        String text = body.toString();
        return "package dev.weft.ovn.%s;\n\n".formatted(source.javaPackage())
                + imports(text)
                + "\n/**\n * %s Columns of the table {@code %s}.\n *\n * <p>Generated by {@code TableSource} from the schema.\n */\n"
                        .formatted(about, table.name())
                + "public final class %s {\n\n".formatted(className(table.name()))
                + text
                + "\nprivate %s() {}\n}\n".formatted(className(table.name()));
    }

    private static String printModel(Source source, SchemaTables schema) {
        String tables =
                source.tables().keySet().stream()
                        .map(name -> className(name) + ".TABLE")
                        .collect(Collectors.joining(", "));
        return "package dev.weft.ovn.%s;\n\nimport dev.weft.ovn.Model;\n\n"
                        .formatted(source.javaPackage())
                + "/** The tables of {@code %s} that we use; generated by {@code TableSource} from the schema. */\n"
                        .formatted(schema.database())
                + "public final class %s {\n\n".formatted(source.model())
                + "/** All tables of this package. */\n"
                + "public static final Model MODEL = Model.of(\"%s\", %s);\n\nprivate %s() {}\n}\n"
                        .formatted(schema.database(), tables, source.model());
    }

    private static String identity(SchemaTable table) {
        String name = '"' + table.name() + '"';
        String builder;
        if (table.singleton()) {
            builder = "singleton(%s)".formatted(name);
        } else if (table.index().size() == 1) {
            builder =
                    "uniquelyNamed(%s, %s)"
                            .formatted(name, table.index().getFirst().toUpperCase(Locale.ROOT));
        } else if (NAMED_WITHOUT_INDEX.contains(table.name())) {
            builder = "named(%s, NAME)".formatted(name);
        } else {
            builder = "keyed(%s)".formatted(name);
        }
        return table.root() ? builder + ".root()" : builder;
    }

    private static String imports(String text) {
        var imports =
                new TreeSet<String>(
                        List.of(
                                "dev.weft.ovn.Table",
                                "dev.weft.ovsdb.Column",
                                "dev.weft.ovsdb.ColumnType"));
        if (text.contains("Reference.Kind")) {
            imports.add("dev.weft.ovn.Reference");
        }
        for (String type : List.of("Map", "Optional", "Set", "UUID")) {
            if (text.contains(type + "<")
                    || text.contains("<" + type + ">")
                    || text.contains(" " + type + ">")) {
                imports.add("java.util." + type);
            }
        }
        return imports.stream().map("import %s;\n"::formatted).collect(Collectors.joining());
    }

    /**
     * {@code Logical_Switch_Port} becomes {@code LogicalSwitchPort}, {@code HA_Chassis} becomes
     * {@code HaChassis}.
     */
    static String className(String table) {
        if (table.equals("Open_vSwitch")) {
            return "OpenVSwitch";
        }
        return Arrays.stream(table.split("_"))
                .map(
                        word ->
                                word.equals(word.toUpperCase(Locale.ROOT)) || word.equals("QoS")
                                        ? word.charAt(0)
                                                + word.substring(1).toLowerCase(Locale.ROOT)
                                        : word)
                .collect(Collectors.joining());
    }

    private static String sentence(String note) {
        return Character.toUpperCase(note.charAt(0)) + note.substring(1) + ".";
    }

    private static Map<String, String> tables(String text) {
        return text.lines()
                .map(line -> line.split(" +", 2))
                .collect(Collectors.toMap(w -> w[0], w -> w[1], (a, _) -> a, LinkedHashMap::new));
    }
}
