package io.gantry.bootstrap.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import jakarta.inject.Inject;
import jakarta.persistence.Entity;
import java.time.Clock;
import java.time.Instant;

/** The arrows between modules and features, as the style guide draws them. */
@AnalyzeClasses(packages = "io.gantry", importOptions = DoNotIncludeTests.class)
final class ArchitectureTest {
  @ArchTest
  static final ArchRule domainSeesOnlyTheJdk =
      classes()
          .that()
          .resideInAPackage("io.gantry.domain..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage("io.gantry.domain..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule applicationSeesOnlyTheDomainAndNoWireModel =
      classes()
          .that()
          .resideInAPackage("io.gantry.application..")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "io.gantry.application..", "io.gantry.domain..", "java..", "org.jspecify..");

  @ArchTest
  static final ArchRule noAdapterSeesAnotherOrTheBootstrap =
      slices()
          .matching("io.gantry.(*)..")
          .should()
          .notDependOnEachOther()
          .ignoreDependency(resideInAnyPackage("io.gantry.bootstrap.."), alwaysTrue())
          .ignoreDependency(
              alwaysTrue(), resideInAnyPackage("io.gantry.domain..", "io.gantry.application.."))
          .ignoreDependency(
              resideInAnyPackage("io.gantry.grpc.."), resideInAnyPackage("io.gantry.proto.."));

  @ArchTest
  static final ArchRule drivenAdaptersDoNotSeeUseCases =
      noClasses()
          .that()
          .resideInAnyPackage("io.gantry.persistence..", "io.gantry.storage..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.gantry.application..");

  @ArchTest static final ArchRule domainFeaturesHaveNoCycles = featuresOf("domain");

  @ArchTest static final ArchRule applicationFeaturesHaveNoCycles = featuresOf("application");

  @ArchTest static final ArchRule restFeaturesHaveNoCycles = featuresOf("rest");

  @ArchTest static final ArchRule ociFeaturesHaveNoCycles = featuresOf("oci");

  @ArchTest static final ArchRule persistenceFeaturesHaveNoCycles = featuresOf("persistence");

  @ArchTest static final ArchRule bootstrapFeaturesHaveNoCycles = featuresOf("bootstrap");

  @ArchTest
  static final ArchRule entitiesStayInThePersistenceAdapter =
      classes()
          .that()
          .areAnnotatedWith(Entity.class)
          .should()
          .resideInAPackage("io.gantry.persistence..");

  @ArchTest
  static final ArchRule onlyTheBootstrapAsksTheSystemForTheTime =
      noClasses()
          .that(not(resideInAnyPackage("io.gantry.bootstrap..")))
          .should()
          .callMethod(Instant.class, "now")
          .orShould()
          .callMethod(Clock.class, "systemUTC")
          .orShould()
          .callMethod(Clock.class, "systemDefaultZone")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule nothingIsInjectedIntoFields =
      noFields().should().beAnnotatedWith(Inject.class);

  @ArchTest
  static final ArchRule useCasesAreFinal =
      classes()
          .that()
          .resideInAPackage("io.gantry.application..")
          .and()
          .areTopLevelClasses()
          .and()
          .areNotInterfaces()
          .should()
          .haveModifier(JavaModifier.FINAL);

  @ArchTest
  static final ArchRule packagesAreNamedForFeatures =
      noClasses()
          .should()
          .resideInAnyPackage(
              "..model..", "..service..", "..impl..", "..dto..", "..util..", "..common..");

  /** A class in a module's own package belongs to no feature; all may see it. */
  private static ArchRule featuresOf(String module) {
    return slices()
        .matching("io.gantry." + module + ".(*)..")
        .should()
        .beFreeOfCycles()
        .allowEmptyShould(true);
  }
}
