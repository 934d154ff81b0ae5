package dev.weft.lab.kube;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBinding;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One thing that an account may do, or did.
 *
 * @param group the API group, empty for core
 * @param resource with the subresource, as in {@code subnets/status}
 * @param namespace where; empty: everywhere, or of a kind without namespaces
 * @param name of the object; empty: any, or not said
 */
public record Right(String group, String resource, String verb, String namespace, String name)
        implements Comparable<Right> {

    /** What roles and bindings give a service account. */
    public static Set<Right> granted(Collection<HasMetadata> manifests, String account) {
        Set<Right> rights = new TreeSet<>();
        for (HasMetadata object : manifests) {
            switch (object) {
                case ClusterRoleBinding binding when binds(binding.getSubjects(), account) ->
                        rights.addAll(
                                expand(
                                        "",
                                        rules(
                                                manifests,
                                                ClusterRole.class,
                                                binding.getRoleRef().getName())));
                case RoleBinding binding when binds(binding.getSubjects(), account) ->
                        rights.addAll(
                                expand(
                                        binding.getMetadata().getNamespace(),
                                        rules(
                                                manifests,
                                                Role.class,
                                                binding.getRoleRef().getName())));
                default -> {}
            }
        }
        return rights;
    }

    /** Whether this, granted, allows what was done. */
    public boolean covers(Right done) {
        return group.equals(done.group)
                && resource.equals(done.resource)
                && verb.equals(done.verb)
                && (namespace.isEmpty() || namespace.equals(done.namespace))
                && (name.isEmpty() || name.equals(done.name));
    }

    /** What was done without being covered by any of those granted. */
    public static Set<Right> missing(Set<Right> granted, Set<Right> done) {
        return done.stream()
                .filter(one -> granted.stream().noneMatch(right -> right.covers(one)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What is granted and covers nothing that was done. */
    public static Set<Right> idle(Set<Right> granted, Set<Right> done) {
        return granted.stream()
                .filter(right -> done.stream().noneMatch(right::covers))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public int compareTo(Right other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return verb
                + " "
                + resource
                + (group.isEmpty() ? "" : "." + group)
                + (name.isEmpty() ? "" : " " + name)
                + (namespace.isEmpty() ? "" : " in " + namespace);
    }

    private static boolean binds(List<Subject> subjects, String account) {
        return subjects.stream().anyMatch(subject -> subject.getName().equals(account));
    }

    private static List<PolicyRule> rules(
            Collection<HasMetadata> manifests, Class<? extends HasMetadata> kind, String name) {
        return manifests.stream()
                .filter(kind::isInstance)
                .filter(role -> role.getMetadata().getName().equals(name))
                .flatMap(
                        role ->
                                role instanceof ClusterRole cluster
                                        ? cluster.getRules().stream()
                                        : ((Role) role).getRules().stream())
                .toList();
    }

    private static List<Right> expand(String namespace, List<PolicyRule> rules) {
        List<Right> rights = new ArrayList<>();
        for (PolicyRule rule : rules) {
            List<String> names =
                    rule.getResourceNames().isEmpty() ? List.of("") : rule.getResourceNames();
            for (String group : rule.getApiGroups()) {
                for (String resource : rule.getResources()) {
                    for (String verb : rule.getVerbs()) {
                        for (String name : names) {
                            rights.add(new Right(group, resource, verb, namespace, name));
                        }
                    }
                }
            }
        }
        return rights;
    }
}
