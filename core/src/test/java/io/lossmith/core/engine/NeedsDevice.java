package io.lossmith.core.engine;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import net.jqwik.api.lifecycle.AddLifecycleHook;
import net.jqwik.api.lifecycle.LifecycleContext;
import net.jqwik.api.lifecycle.SkipExecutionHook;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips tests, of JUnit and of jqwik, with the reason in the report, where there is no OpenCL
 * device. With {@code -Dlossmith.opencl.required=true} they fail instead: nothing may be skipped
 * where a device should be.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@Inherited
@ExtendWith(NeedsDevice.ForJupiter.class)
@AddLifecycleHook(NeedsDevice.ForJqwik.class)
public @interface NeedsDevice {
  /** The condition of JUnit. */
  final class ForJupiter implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String missing = Search.missing();
      return missing == null
          ? ConditionEvaluationResult.enabled("there is a device")
          : ConditionEvaluationResult.disabled(missing);
    }
  }

  /** The condition of jqwik. */
  final class ForJqwik implements SkipExecutionHook {
    @Override
    public SkipResult shouldBeSkipped(LifecycleContext context) {
      String missing = Search.missing();
      return missing == null ? SkipResult.doNotSkip() : SkipResult.skip(missing);
    }
  }

  /** Looks for a device. */
  final class Search {
    private static final String REQUIRED = "lossmith.opencl.required";

    private Search() {}

    /** Returns why there is no device, or null if there is one. */
    static @Nullable String missing() {
      Engine opencl = Engines.byName("opencl");
      if (!opencl.details().isEmpty()) {
        return null;
      }
      String missing = "opencl: " + opencl.description();
      if (Boolean.getBoolean(REQUIRED)) {
        throw new AssertionError(missing + ", although -D" + REQUIRED + " says there is one");
      }
      return missing;
    }
  }
}
