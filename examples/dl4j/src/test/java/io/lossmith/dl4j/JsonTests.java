package io.lossmith.dl4j;

import static io.lossmith.dl4j.Pictures.HEIGHT;
import static io.lossmith.dl4j.Pictures.WIDTH;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.lossmith.losses.CrossEntropy;
import io.lossmith.losses.Dice;
import io.lossmith.losses.Loss;
import io.lossmith.losses.Losses;
import io.lossmith.losses.TopK;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.learning.config.Sgd;

/** A network with a loss is written as JSON and read again. */
class JsonTests {
  private final Pictures pictures = new Pictures(DataType.FLOAT);

  static List<Loss> losses() {
    return List.of(
        Dice.softmax(),
        Dice.softmax()
            .withClassWeights(0.1, 2)
            .withSmooth(1)
            .plus(CrossEntropy.create().times(0.3)),
        TopK.of(CrossEntropy.create().withIgnoreIndex(255)),
        Losses.byName(
            "wasserstein-dice", Map.of("distances", List.of(List.of(0, 1), List.of(3, 0)))));
  }

  @ParameterizedTest
  @MethodSource("losses")
  void whatIsReadEqualsWhatWasWritten(Loss loss) {
    MultiLayerConfiguration written = configuration(loss);
    MultiLayerConfiguration read = MultiLayerConfiguration.fromJson(written.toJson());
    assertThat(read).isEqualTo(written);
    assertThat(read.toJson()).isEqualTo(written.toJson());
    assertThat(MultiLayerConfiguration.fromYaml(written.toYaml())).isEqualTo(written);
  }

  @Test
  void otherLossesAreNotEqual() {
    LossmithLossFunction dice = LossmithLossFunction.of(Dice.softmax(), 2, HEIGHT, WIDTH);
    assertThat(dice)
        .isEqualTo(LossmithLossFunction.of(Dice.softmax(), 2, HEIGHT, WIDTH))
        .hasSameHashCodeAs(LossmithLossFunction.of(Dice.softmax(), 2, HEIGHT, WIDTH))
        .isNotEqualTo(LossmithLossFunction.of(Dice.softmax(), 2, WIDTH, HEIGHT))
        .isNotEqualTo(LossmithLossFunction.of(Dice.sigmoid(), 2, HEIGHT, WIDTH));
  }

  @Test
  void theTextIsNameAndOptions() {
    assertThat(configuration(Dice.softmax().withSmooth(1)).toJson().replaceAll("\\s", ""))
        .contains(
            "\"lossFn\":{\"@class\":\"io.lossmith.dl4j.LossmithLossFunction\","
                + "\"loss\":\"dice\","
                + "\"options\":{\"activation\":\"softmax\",\"smoothNumerator\":1.0,"
                + "\"smoothDenominator\":1.0},"
                + "\"sample\":[2,4,6]}");
  }

  @Test
  void aModelThatWasSavedTrainsOn(@TempDir Path folder) throws IOException {
    MultiLayerNetwork network = new MultiLayerNetwork(configuration(Dice.softmax()));
    network.init();
    DataSet data = new DataSet(pictures.numbers(2, 2, HEIGHT, WIDTH), pictures.labels(2, 2));
    network.fit(data);
    File file = folder.resolve("network.zip").toFile();
    ModelSerializer.writeModel(network, file, true);
    MultiLayerNetwork again = ModelSerializer.restoreMultiLayerNetwork(file);
    network.fit(data);
    again.fit(data);
    assertThat(again.params()).isEqualTo(network.params());
    assertThat(again.score(data)).isEqualTo(network.score(data));
  }

  @Test
  void aLambdaCannotBeWritten() {
    Loss lambda = (p, t) -> p.minus(t).square().mean();
    MultiLayerConfiguration configuration = configuration(lambda);
    assertThatThrownBy(configuration::toJson)
        .hasMessageContaining("LossmithLossFunction: the loss io.lossmith.dl4j.JsonTests")
        .hasMessageContaining("has no name in the catalogue");
    assertThatThrownBy(configuration(Dice.softmax().plus(lambda))::toJson)
        .hasMessageContaining("sum: parts holds io.lossmith.dl4j.JsonTests");
  }

  @Test
  void aNameThatIsNotKnownIsSaid() {
    String json = configuration(Dice.softmax()).toJson().replace("\"dice\"", "\"dise\"");
    assertThatThrownBy(() -> MultiLayerConfiguration.fromJson(json))
        .hasStackTraceContaining("losses: there is no loss dise; did you mean dice?");
  }

  @Test
  void javaWritesLambdasToo() throws Exception {
    Loss lambda = (p, t) -> p.minus(t).square().mean();
    LossmithLossFunction function = LossmithLossFunction.of(lambda, 1, HEIGHT, WIDTH);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(function);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      LossmithLossFunction read = (LossmithLossFunction) in.readObject();
      DataSet data = new DataSet(pictures.numbers(1, 2, HEIGHT, WIDTH), pictures.labels(1, 1));
      assertThat(network(read).score(data)).isEqualTo(network(function).score(data));
    }
  }

  private MultiLayerNetwork network(LossmithLossFunction function) {
    return pictures.network(function, Activation.IDENTITY, 1, new Sgd(0.1));
  }

  private MultiLayerConfiguration configuration(Loss loss) {
    return pictures.configuration(
        LossmithLossFunction.of(loss, 2, HEIGHT, WIDTH), Activation.IDENTITY, 2, new Sgd(0.1));
  }
}
