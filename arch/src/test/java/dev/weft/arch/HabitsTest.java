package dev.weft.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Duration;
import org.jspecify.annotations.NullMarked;

/** What nobody does in code that ships. */
@AnalyzeClasses(packages = Weft.PACKAGES, importOptions = Weft.NotTheRules.class)
class HabitsTest {

    /**
     * Waiting is for an event with a deadline, never for time to pass. One class may: the lab's,
     * which waits for programs of others that give no event.
     */
    @ArchTest
    static final ArchRule nobodySleeps =
            noClasses()
                    .that()
                    .doNotHaveFullyQualifiedName("dev.weft.lab.host.Poll")
                    .should()
                    .callMethod(Thread.class, "sleep", long.class)
                    .orShould()
                    .callMethod(Thread.class, "sleep", long.class, int.class)
                    .orShould()
                    .callMethod(Thread.class, "sleep", Duration.class);

    /** The lab starts what is not ours and plays kubelet; nothing that ships starts a process. */
    @ArchTest
    static final ArchRule nothingThatShipsStartsAProcess =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(Weft.packagesOf("lab"))
                    .should()
                    .dependOnClassesThat()
                    .belongToAnyOf(ProcessBuilder.class, Process.class)
                    .orShould()
                    .callMethod(Runtime.class, "exec", String.class)
                    .orShould()
                    .callMethod(Runtime.class, "exec", String[].class);

    /** Only programs that a person or a runtime reads from write to stdout and stderr. */
    @ArchTest
    static final ArchRule servicesLogAndDoNotPrint =
            noClasses()
                    .that()
                    .resideOutsideOfPackages(Weft.packagesOf("lab", "cni.binary", "kube.crd"))
                    .should()
                    .accessField(System.class, "out")
                    .orShould()
                    .accessField(System.class, "err");

    @ArchTest
    static final ArchRule everyPackageSaysThatNullIsTheException =
            classes().should(beInANullMarkedPackage());

    private static ArchCondition<JavaClass> beInANullMarkedPackage() {
        return new ArchCondition<>("be in a package with a package-info that is @NullMarked") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
                    events.add(
                            SimpleConditionEvent.violated(
                                    type, type.getPackageName() + " is not @NullMarked"));
                }
            }
        };
    }
}
