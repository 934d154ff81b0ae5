package dev.weft.ovn;

import dev.weft.ovsdb.NamedUuid;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

/** Prints a {@link ChangeSet} for people. */
final class ChangeSetText {
    private final ChangeSet changeSet;
    private final StringBuilder out = new StringBuilder();

    private ChangeSetText(ChangeSet changeSet) {
        this.changeSet = changeSet;
    }

    static String print(ChangeSet changeSet) {
        return new ChangeSetText(changeSet).print();
    }

    private String print() {
        out.append(changeSet.owner()).append(": ");
        if (changeSet.isEmpty()) {
            return out.append("nothing to change").toString();
        }
        out.append(changeSet.changes().size())
                .append(changeSet.changes().size() == 1 ? " row" : " rows");
        changeSet
                .obstacles()
                .forEach(o -> line(o.passes() ? "! blocked: " : "! conflict: ", o.message()));
        changeSet.changes().forEach(this::print);
        return out.toString();
    }

    private void print(Change change) {
        switch (change) {
            case Change.Insert insert -> {
                line("+ ", insert.row());
                insert.values()
                        .forEach(
                                (column, value) ->
                                        line("    " + column.name() + ": ", text(value)));
            }
            case Change.Modify modify -> {
                line("~ ", modify.row());
                modify.edits().forEach(this::print);
            }
            case Change.Delete delete -> line("- ", delete.row());
            case Change.Vanish vanish -> line("- ", vanish.row());
        }
    }

    private void print(Change.Edit edit) {
        String indent = "    " + edit.column().name();
        switch (edit) {
            case Change.Edit.Assign(_, var before, var after) ->
                    line(indent + ": ", text(before) + " -> " + text(after));
            case Change.Edit.Members(_, var added, var removed) -> {
                added.forEach(member -> line(indent + ": + ", text(member)));
                removed.forEach(member -> line(indent + ": - ", text(member)));
            }
            case Change.Edit.Entries(_, var put, var removed, _) -> {
                put.forEach((key, value) -> line(indent + ":" + text(key) + " = ", text(value)));
                removed.forEach(key -> line(indent + ":" + text(key), " removed"));
            }
        }
    }

    private void line(String mark, Object text) {
        out.append('\n').append(mark).append(text);
    }

    private String text(Object value) {
        return switch (value) {
            case UUID uuid -> changeSet.labels().getOrDefault(uuid, uuid.toString());
            case NamedUuid name -> changeSet.labels().getOrDefault(name, name.name());
            case Optional<?> optional -> optional.map(this::text).orElse("(none)");
            case Map<?, ?> map ->
                    map.entrySet().stream()
                            .map(e -> text(e.getKey()) + "=" + text(e.getValue()))
                            .sorted()
                            .collect(Collectors.joining(", ", "{", "}"));
            case Collection<?> set ->
                    set.stream()
                            .map(this::text)
                            .sorted()
                            .collect(Collectors.joining(", ", "[", "]"));
            default -> value.toString();
        };
    }
}
