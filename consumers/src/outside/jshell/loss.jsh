import io.lossmith.autodiff.*
import io.lossmith.losses.*

Tensor p = Tensor.of(new float[] {.9f, .8f, .3f, .1f}, 1, 1, 2, 2)
Tensor t = Tensor.of(new float[] {1, 1, 0, 0}, 1, 1, 2, 2)
Loss dice = (a, b) -> a.times(b).sum().times(-2).div(a.plus(b).sum()).plus(1)
ValueAndGradient r = dice.valueAndGradient(p, t)
float value = r.value().item()
float slope = r.gradient().toArray()[3]

// 1 − 3.4/4.1 and 3.4/4.1²
boolean isRight = Math.abs(value - 0.170732) < 1e-5 && Math.abs(slope - 0.202260) < 1e-5
System.out.println("jshell: Dice is " + value + (isRight ? "" : ", must be 0.170732"))
/exit isRight ? 3 : 1
