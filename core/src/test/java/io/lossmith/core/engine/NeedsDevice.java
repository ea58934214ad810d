package io.lossmith.core.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Map;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.AroundPropertyHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.PropertyExecutionResult;
import net.jqwik.api.lifecycle.PropertyExecutor;
import net.jqwik.api.lifecycle.PropertyLifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;

/**
 * Skips tests, of JUnit and of jqwik, with the reason in the report, where there is no OpenCL
 * device, or none of the {@link OpenClDriver} that is asked for. With {@code
 * -Dlossmith.opencl.required=true} they fail instead: nothing may be skipped where a device should
 * be. On Oclgrind a test fails of which it says anything.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Inherited
@Tag("opencl")
@net.jqwik.api.Tag("opencl")
@ExtendWith(NeedsDevice.ForJupiter.class)
@AddLifecycleHook(NeedsDevice.ForJqwik.class)
public @interface NeedsDevice {
  /** The condition of JUnit. */
  final class ForJupiter implements ExecutionCondition, AfterEachCallback, InvocationInterceptor {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String missing = Search.missing();
      return missing == null
          ? ConditionEvaluationResult.enabled("there is a device")
          : ConditionEvaluationResult.disabled(missing);
    }

    @Override
    public void afterEach(ExtensionContext context) {
      OclgrindLog.requireEmpty();
    }

    @Override
    public void interceptDynamicTest(
        Invocation<Void> test, DynamicTestInvocationContext which, ExtensionContext context)
        throws Throwable {
      test.proceed();
      OclgrindLog.requireEmpty();
    }
  }

  /** The condition of jqwik. */
  final class ForJqwik implements SkipExecutionHook, AroundPropertyHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      String missing = Search.missing();
      return missing == null ? SkipResult.doNotSkip() : SkipResult.skip(missing);
    }

    @Override
    public PropertyExecutionResult aroundProperty(
        PropertyLifecycleContext context, PropertyExecutor property) {
      PropertyExecutionResult result = property.execute();
      try {
        OclgrindLog.requireEmpty();
        return result;
      } catch (AssertionError e) {
        return result.mapToFailed(e);
      }
    }
  }

  /** Looks for a device. */
  final class Search {
    private static final String REQUIRED = "lossmith.opencl.required";

    private Search() {}

    /** Returns why there is no device, or null if there is one. */
    static @Nullable String missing() {
      Engine opencl = Engines.byName("opencl");
      Map<String, String> devices = opencl.details();
      OpenClDriver driver = OpenClDriver.asked();
      String missing = devices.isEmpty() ? "opencl: " + opencl.description() : null;
      if (driver != null) {
        missing = driver.missing(devices);
      }
      boolean isRequired = driver == null || driver.isInstalled();
      if (missing != null && isRequired && Boolean.getBoolean(REQUIRED)) {
        throw new AssertionError(missing + ", although -D" + REQUIRED + " says there is one");
      }
      if (missing == null) {
        OclgrindLog.requireEmpty(); // opens it before the first program
      }
      return missing;
    }
  }
}
