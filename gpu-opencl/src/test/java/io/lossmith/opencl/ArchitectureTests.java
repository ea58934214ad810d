package io.lossmith.opencl;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms of this engine: {@code engine → kernel → schedule → nest}, {@code engine → device}. */
@AnalyzeClasses(packages = "io.lossmith.opencl", importOptions = DoNotIncludeTests.class)
class ArchitectureTests {
  private static final String ENGINE = "io.lossmith.opencl";
  private static final String KERNEL = "io.lossmith.opencl.kernel";
  private static final String SCHEDULE = "io.lossmith.opencl.schedule";
  private static final String NEST = "io.lossmith.opencl.nest";
  private static final String DEVICE = "io.lossmith.opencl.device";

  /** A new package must be named here, with what it may know. */
  @ArchTest
  static final ArchRule eachRoomKnowsThoseBelow =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .ensureAllClassesAreContainedInArchitecture()
          .layer("engine")
          .definedBy(ENGINE)
          .layer("kernel")
          .definedBy(KERNEL)
          .layer("schedule")
          .definedBy(SCHEDULE)
          .layer("nest")
          .definedBy(NEST)
          .layer("device")
          .definedBy(DEVICE)
          .whereLayer("nest")
          .mayNotAccessAnyLayer()
          .whereLayer("device")
          .mayNotAccessAnyLayer()
          .whereLayer("schedule")
          .mayOnlyAccessLayers("nest")
          .whereLayer("kernel")
          .mayOnlyAccessLayers("schedule", "nest")
          .whereLayer("engine")
          .mayOnlyAccessLayers("kernel", "schedule", "nest", "device");

  @ArchTest
  static final ArchRule noPackageCycles =
      slices().matching("io.lossmith.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule bytecodeIsWrittenInOneRoom =
      noClasses()
          .that()
          .resideOutsideOfPackage(KERNEL)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.objectweb.asm..");

  @ArchTest
  static final ArchRule aparapiIsKnownToKernelsAndDevices =
      noClasses()
          .that()
          .resideInAnyPackage(ENGINE, SCHEDULE, NEST)
          .should()
          .dependOnClassesThat()
          .resideInAPackage("com.aparapi..");
}
