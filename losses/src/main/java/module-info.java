/** Segmentation losses. */
@org.jspecify.annotations.NullMarked
module io.lossmith.losses {
  requires transitive io.lossmith.autodiff;
  requires static org.jspecify;

  exports io.lossmith.losses;
  exports io.lossmith.losses.metrics;
}
