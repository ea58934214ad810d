package io.lossmith.dl4j.cells;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellTrainingTests {
  @Test
  void theNetworkLearnsToFindCells() {
    CellTraining training = new CellTraining(1);
    assertThat(training.dice()).isLessThan(0.7);
    float first = training.step(0);
    float last = first;
    for (int step = 1; step < 40; step++) {
      last = training.step(step);
    }
    assertThat(last).isLessThan(0.5f * first);
    assertThat(training.dice()).isGreaterThan(0.9);
  }
}
