package io.lossmith.kotlin

import org.assertj.core.api.Assertions.assertThat
import org.junit.jupiter.api.Test

class TrainingTests {
  @Test
  fun theNetworkLearnsToFindDiscs() {
    val network = TinyNetwork()
    val unseen = Discs(count = 4, side = 24, seed = 2)
    val losses = train(network, diceLoss, Discs(count = 8, side = 24), steps = 150)
    assertThat(losses.last()).isLessThan(losses.first() / 3)
    assertThat(score(network, unseen)).isGreaterThan(0.9f)
  }

  @Test
  fun theSameSeedLearnsTheSame() {
    val first = train(TinyNetwork(seed = 3), diceLoss, Discs(count = 2, side = 12), steps = 5)
    val again = train(TinyNetwork(seed = 3), diceLoss, Discs(count = 2, side = 12), steps = 5)
    assertThat(again).isEqualTo(first)
  }
}
