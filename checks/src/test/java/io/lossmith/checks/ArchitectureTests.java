package io.lossmith.checks;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Who may know whom: {@code losses → autodiff → core ← gpu-opencl}, {@code examples → all}. */
@AnalyzeClasses(
    packages = "io.lossmith",
    importOptions = {DoNotIncludeTests.class, ArchitectureTests.DoNotIncludeTestJars.class})
class ArchitectureTests {
  /** The contract of the engines comes as a jar. */
  static final class DoNotIncludeTestJars implements ImportOption {
    @Override
    public boolean includes(Location location) {
      return !location.contains("-tests.jar");
    }
  }

  private static final String CORE = "io.lossmith.core..";
  private static final String AUTODIFF = "io.lossmith.autodiff..";
  private static final String LOSSES = "io.lossmith.losses..";
  private static final String OPENCL = "io.lossmith.opencl..";
  private static final String DJL = "io.lossmith.djl";
  private static final String DL4J = "io.lossmith.dl4j";
  private static final String SIMD = "io.lossmith.core.engine.cpu.simd..";
  private static final String[] LIBRARIES = {CORE, AUTODIFF, LOSSES, OPENCL, DJL, DL4J};

  /** What nearly every Java has; annotations that the class files name but nobody loads. */
  private static final String[] JAVA = {
    "java..",
    "javax.crypto..",
    "jdk.incubator..",
    "com.sun.management..",
    "org.jspecify.annotations.."
  };

  /** What writes class files. */
  private static final String ASM = "org.objectweb.asm..";

  /** The one Kotlin file of autodiff; Java users never load it. */
  private static final String KOTLIN_FILE = "io.lossmith.autodiff.TensorOperators";

  @ArchTest static final ArchRule coreKnowsNobody = mayUse(CORE, CORE, ASM);

  @ArchTest static final ArchRule autodiffKnowsCore = mayUse(AUTODIFF, CORE, AUTODIFF);

  @ArchTest
  static final ArchRule lossesKnowAutodiffAndCore = mayUse(LOSSES, CORE, AUTODIFF, LOSSES);

  @ArchTest
  static final ArchRule openClKnowsCore =
      noClasses()
          .that()
          .resideInAPackage(OPENCL)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(AUTODIFF, LOSSES)
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule librariesDoNotKnowTheApp =
      noClasses()
          .that()
          .resideInAnyPackage(LIBRARIES)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("io.lossmith.app..");

  @ArchTest
  static final ArchRule vectorModuleOnlyInSimd =
      noClasses()
          .that()
          .resideOutsideOfPackage(SIMD)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("jdk.incubator..");

  @ArchTest
  static final ArchRule coreWritesClassesOnlyForPasses =
      noClasses()
          .that()
          .resideInAPackage(CORE)
          .and()
          .resideOutsideOfPackage(SIMD)
          .and()
          .haveNameNotMatching(".*\\.(PassClass|PlainPassWriter)")
          .should()
          .dependOnClassesThat()
          .resideInAPackage(ASM);

  @ArchTest
  static final ArchRule aparapiOnlyInOpenCl =
      noClasses()
          .that()
          .resideOutsideOfPackage(OPENCL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.aparapi..");

  @ArchTest
  static final ArchRule djlOnlyInItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage(DJL + "..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("ai.djl..");

  @ArchTest
  static final ArchRule dl4jOnlyInItsAdapter =
      noClasses()
          .that()
          .resideOutsideOfPackage(DL4J + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.deeplearning4j..");

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("io.lossmith.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule librariesAreQuiet =
      noClasses().that().resideInAnyPackage(LIBRARIES).should(ACCESS_STANDARD_STREAMS);

  /** Of our own packages only {@code known}, and nothing that Java does not bring along. */
  private static ArchRule mayUse(String module, String... known) {
    return classes()
        .that()
        .resideInAPackage(module)
        .and()
        .doNotHaveFullyQualifiedName(KOTLIN_FILE)
        .should()
        .onlyDependOnClassesThat(resideInAnyPackage(known).or(resideInAnyPackage(JAVA)));
  }
}
