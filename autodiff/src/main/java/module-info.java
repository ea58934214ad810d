/** Tensors, tracing and gradients. */
@org.jspecify.annotations.NullMarked
module io.lossmith.autodiff {
  requires transitive io.lossmith.core;
  requires static kotlin.stdlib;
  requires static org.jspecify;

  exports io.lossmith.autodiff;
  exports io.lossmith.autodiff.optimizer;
}
