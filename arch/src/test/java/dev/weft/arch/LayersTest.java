package dev.weft.arch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.TreeSet;

/** The arrows of the design point down only. */
@AnalyzeClasses(packages = Weft.PACKAGES, importOptions = Weft.NotTheRules.class)
class LayersTest {

    @ArchTest
    static final ArchRule everyRoomUsesOnlyTheRoomsBelowIt = classes().should(useOnlyRoomsBelow());

    @ArchTest
    static final ArchRule addressesAndTheCniTypesNeedNothingButTheJdk =
            classes()
                    .that()
                    .resideInAnyPackage(Weft.packagesOf("net", "cni", "netlink"))
                    // C functions, as an image's compiler knows them
                    .and()
                    .resideOutsideOfPackage("dev.weft.cni.binary.image..")
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "org.jspecify..",
                            "org.slf4j..",
                            "dev.weft.net..",
                            "dev.weft.cni..",
                            "dev.weft.netlink..");

    @ArchTest
    static final ArchRule theCniBinaryHasNoFrameworkAndNoReflection =
            noClasses()
                    .that()
                    .resideInAnyPackage(Weft.packagesOf("cni"))
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage("java.lang.reflect..", "java.util.regex..", "org.slf4j..");

    @ArchTest
    static final ArchRule packagesOfAServiceDoNotGoRoundInCircles =
            slices().matching("dev.weft.(relay|ipam|vpc|node).(*)..").should().beFreeOfCycles();

    @ArchTest
    static void everyRoomIsHere(JavaClasses weft) {
        var rooms = new TreeSet<String>();
        weft.forEach(type -> rooms.add(Weft.roomOf(type)));
        assertThat(rooms).containsExactlyInAnyOrderElementsOf(Weft.MAY_USE.keySet());
    }

    private static ArchCondition<JavaClass> useOnlyRoomsBelow() {
        return new ArchCondition<>("use only the rooms below it") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                var room = Weft.roomOf(type);
                for (var dependency : type.getDirectDependenciesFromSelf()) {
                    var used = Weft.roomOf(dependency.getTargetClass().getBaseComponentType());
                    if (!used.isEmpty()
                            && !used.equals(room)
                            && !Weft.MAY_USE.get(room).contains(used)) {
                        events.add(
                                SimpleConditionEvent.violated(
                                        type,
                                        room
                                                + " must not use "
                                                + used
                                                + ": "
                                                + dependency.getDescription()));
                    }
                }
            }
        };
    }
}
