package io.lossmith.autodiff;

import static org.assertj.core.api.Assertions.assertThat;

import io.lossmith.core.Shape;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.Serializable;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class SerializationTests {
  private interface Function extends UnaryOperator<Tensor>, Serializable {}

  @Test
  void whatIsComputedTravelsAsNumbers() throws Exception {
    Tensor sum = Tensor.iota(6).reshape(2, 3).plus(1);
    Tensor back = copied(sum);
    assertThat(back.shape()).isEqualTo(Shape.of(2, 3));
    assertThat(back.toArray()).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(copied(Tensor.scalar(3)).item()).isEqualTo(3);
    assertThat(copied(Tensor.zeros(0, 2)).shape()).isEqualTo(Shape.of(0, 2));
  }

  @Test
  void lambdasThatCaptureATensorTravel() throws Exception {
    Tensor weights = Tensor.of(new float[] {1, 10}, 2).times(2);
    Function weighted = x -> x.times(weights).sum();
    Tensor x = Tensor.of(new float[] {3, 4}, 2);
    assertThat(copied(weighted).apply(x).item()).isEqualTo(86);
  }

  @Test
  void aParameterTravelsWithTheNumbersOfTheMoment() throws Exception {
    Parameter slope = Parameter.of(new float[] {1, 2}, 2);
    slope.set(5, 6);
    List<Parameter> both = copied((List<Parameter> & Serializable) List.of(slope, slope));
    slope.set(7, 8);
    assertThat(both.get(0)).isSameAs(both.get(1));
    assertThat(both.get(0).array()).containsExactly(5, 6);
    both.get(0).set(9, 9);
    assertThat(both.get(0).times(1).toArray()).containsExactly(9, 9);
    assertThat(slope.array()).containsExactly(7, 8);
  }

  @SuppressWarnings("unchecked") // a stream gives back what was written
  private static <T extends Serializable> T copied(T object)
      throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
