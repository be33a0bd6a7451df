package dev.rondo.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.rondo.bus.ClusterEvent;

/** Who may import whom. */
@AnalyzeClasses(packages = "dev.rondo", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  private static final String[] VERTICLES = {
    "dev.rondo.api..",
    "dev.rondo.router..",
    "dev.rondo.replication..",
    "dev.rondo.heartbeat..",
    "dev.rondo.persistence..",
    "dev.rondo.controller.."
  };

  @ArchTest
  static final ArchRule the_core_is_arithmetic_on_the_jdk_alone =
      classes()
          .that()
          .resideInAPackage("dev.rondo.core..")
          .should()
          .onlyDependOnClassesThat(
              resideInAnyPackage("dev.rondo.core..", "java..", "org.jspecify.annotations.."))
          .allowEmptyShould(true);

  /** Or the page for operators does not know of them. Other versions may know more kinds. */
  @ArchTest
  static final ArchRule events_are_of_the_kinds_that_are_listed =
      noClasses()
          .that()
          .haveNameNotMatching(".*\\.(ClusterEvent|ReportWire|EventJson)")
          .should()
          .callConstructor(
              ClusterEvent.class,
              String.class,
              ClusterEvent.Level.class,
              Integer.class,
              String.class);

  @ArchTest
  static final ArchRule verticles_meet_on_the_bus_only =
      slices()
          .matching("dev.rondo.(api|router|replication|heartbeat|persistence|controller)..")
          .should()
          .notDependOnEachOther()
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule what_verticles_share_does_not_know_them =
      noClasses()
          .that()
          .resideInAnyPackage(
              "dev.rondo.bus..",
              "dev.rondo.core..",
              "dev.rondo.config..",
              "dev.rondo.http..",
              "dev.rondo.membership..",
              "dev.rondo.meters..",
              "dev.rondo.time..",
              "dev.rondo.vault..",
              "dev.rondo.wire..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(VERTICLES)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule verticles_do_not_know_the_root_that_deploys_them =
      noClasses()
          .that(resideOutsideOfPackage("dev.rondo"))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rondo")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule protobuf_stays_at_the_wire =
      noClasses()
          .that(
              resideInAnyPackage("dev.rondo..")
                  .and(resideOutsideOfPackage("dev.rondo.proto.."))
                  .and(resideOutsideOfPackage("dev.rondo.wire.."))
                  .and(resideOutsideOfPackage("dev.rondo.replication.."))
                  .and(resideOutsideOfPackage("dev.rondo.controller.."))
                  .and(resideOutsideOfPackage("dev.rondo.heartbeat..")))
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rondo.proto..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule packages_form_no_cycles =
      slices().matching("dev.rondo.(*)..").should().beFreeOfCycles().allowEmptyShould(true);
}
