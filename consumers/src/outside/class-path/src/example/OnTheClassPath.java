package example;

import io.lossmith.core.Shape;
import io.lossmith.losses.Compiled;
import io.lossmith.losses.Dice;
import io.lossmith.losses.InputShapes;
import java.io.File;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Arrays in, value and gradient out; and nothing on the class path but three jars and ASM. */
public final class OnTheClassPath {
  private static final Set<String> JARS =
      Set.of("lossmith-core", "lossmith-autodiff", "lossmith-losses", "asm");

  private OnTheClassPath() {}

  /** Ends with an exception if something is not as it must be. */
  public static void main(String[] args) {
    require(jars().equals(JARS), "the class path holds " + jars() + ", must be " + JARS);

    Shape shape = Shape.of(1, 1, 2, 2);
    float[] prediction = {.9f, .8f, .3f, .1f};
    float[] target = {1, 1, 0, 0};
    float[] gradient = new float[4];
    Compiled dice = Dice.ofProbabilities().withSmooth(1).compile(InputShapes.of(shape, shape));
    float value = dice.evaluate(prediction, target, null, gradient);

    // 1 − (2·1.7 + 1)/(2.1 + 2 + 1), and its slopes −(2t·5.1 − 4.4)/5.1²
    requireNear("Dice", value, 0.137255);
    requireNear("a slope in the foreground", gradient[1], -0.222991);
    requireNear("a slope in the background", gradient[3], 0.169166);
    System.out.println("class path: Dice is " + value + ", gradient " + Arrays.toString(gradient));
  }

  private static Set<String> jars() {
    Set<String> jars = new TreeSet<>();
    for (String place : System.getProperty("java.class.path").split(File.pathSeparator)) {
      if (place.endsWith(".jar")) {
        jars.add(new File(place).getName().replaceFirst("-\\d.*", ""));
      }
    }
    return jars;
  }

  private static void requireNear(String what, double is, double must) {
    require(Math.abs(is - must) < 1e-5, what + " is " + is + ", must be " + must);
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
