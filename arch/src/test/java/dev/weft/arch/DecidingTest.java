package dev.weft.arch;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;

/**
 * Read, decide, act: what decides is functions from records to records, so that a test needs no
 * server and a plan can be shown without acting. Deciding packages are listed here; a class that is
 * called a plan or a decision decides wherever it is.
 */
@AnalyzeClasses(packages = Weft.PACKAGES, importOptions = Weft.NotTheRules.class)
class DecidingTest {

    private static final DescribedPredicate<JavaClass> DECIDE =
            resideInAnyPackage(
                            "dev.weft.net..",
                            "dev.weft.cni..",
                            "dev.weft.ipam.pool..",
                            "dev.weft.ipam.lease..",
                            "dev.weft.vpc.topology..")
                    .and(DescribedPredicate.not(resideInAnyPackage("dev.weft.cni.binary..")))
                    .or(
                            nameMatching(
                                    ".*\\.[A-Za-z]*(Plan|Planner|Planning|Decision|Resolution|Tracker|Diff)(\\$.*)?"))
                    .as("deciding classes");

    @ArchTest
    static final ArchRule decidingNeedsNoFramework =
            noClasses()
                    .that(DECIDE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "io.vertx..",
                            "io.quarkus..",
                            "io.smallrye..",
                            "io.fabric8.kubernetes.client..",
                            "jakarta.enterprise..",
                            "jakarta.inject..",
                            "jakarta.ws..",
                            "jakarta.persistence..",
                            "org.hibernate..",
                            "org.slf4j..");

    @ArchTest
    static final ArchRule decidingDoesNoInputAndOutput =
            noClasses()
                    .that(DECIDE)
                    .should()
                    .dependOnClassesThat()
                    .resideInAnyPackage(
                            "java.io..",
                            "java.net..",
                            "java.nio.channels..",
                            "java.nio.file..",
                            "java.sql..",
                            "java.lang.foreign..",
                            "java.util.concurrent..");

    @ArchTest
    static final ArchRule decidingLooksAtNoClock =
            noClasses()
                    .that(DECIDE)
                    .should()
                    .dependOnClassesThat()
                    .areAssignableTo(Clock.class)
                    .orShould()
                    .callMethod(Instant.class, "now")
                    .orShould()
                    .callMethod(System.class, "nanoTime")
                    .orShould()
                    .callMethod(System.class, "currentTimeMillis");
}
