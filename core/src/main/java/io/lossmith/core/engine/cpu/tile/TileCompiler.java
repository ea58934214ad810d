package io.lossmith.core.engine.cpu.tile;

import io.lossmith.core.engine.cpu.kernel.Kernels;
import io.lossmith.core.plan.LoopAxes;
import io.lossmith.core.plan.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Compiles a loop for the tile interpreter, in tiles whose registers stay in the caches. */
public final class TileCompiler {
  /** Floats of one register of a tile with rows, at most. Long rows read memory faster. */
  private static final int TILE = 65536;

  /** Floats of all registers of such a tile, at most: what the level-2 cache has room for. */
  private static final int TILE_MEMORY = 131072;

  private static final int SMALLEST_TILE = 4096;

  /** Floats of one register of a tile without rows; a few of them fit in the level-1 cache. */
  private static final int STRETCH = 1024;

  /** Floats of a row of a tile. */
  private static final int ROW = 2 * STRETCH;

  /** Floats of a row where a column is so long that what is read comes from memory. */
  private static final int LONG_ROW = 4 * ROW;

  /** Places of such a column; there are tiles enough for many threads, too. */
  private static final int LONG_COLUMN = 128 * LONG_ROW;

  /** Without SIMD loops are many, and each takes a while to begin and to end. */
  private static final int PLAIN_STRETCH = 2 * STRETCH;

  /** More places than this of an axis that no local fold folds leave no room for long stretches. */
  private static final int MOST_HELD = 64;

  private TileCompiler() {}

  /**
   * Compiles a loop.
   *
   * @param fusions patterns of operations that become one instruction, the most valuable first
   * @param lanes floats in a vector; 1 without SIMD
   */
  public static TileProgram compile(Step.Loop loop, List<Fusion> fusions, int lanes) {
    return compile(loop, fusions, lanes, lanes > 1 ? Staging.NOTHING : Staging.READ_AGAIN);
  }

  /**
   * Compiles a loop for callers who hand in buffers: what is theirs is copied into each tile and
   * out of it. Tiles and instructions are those of {@link #compile}, so results have the same bits.
   */
  public static TileProgram staged(Step.Loop loop, List<Fusion> fusions, int lanes) {
    return compile(loop, fusions, lanes, Staging.OF_CALLERS);
  }

  /**
   * Compiles a loop whose values stay in registers, of the same tiles as another's.
   *
   * @param staging how the other lies on what callers hand in
   * @param segments ids of the buffers for which memory segments stand
   * @return null if there is no such loop
   */
  static @Nullable TileProgram inRegisters(
      Step.Loop loop, TileProgram other, Kernels kernels, Staging staging, Set<Integer> segments) {
    for (Instruction instruction : other.instructions()) {
      if (!(instruction instanceof Elementwise
          || instruction instanceof TileFold
          || instruction instanceof Transfers.Load
          || instruction instanceof Transfers.Store
          || instruction instanceof Transfers.Spread)) {
        return null; // what labels choose is summed in another order
      }
    }
    int stretch = stretch(kernels.lanes());
    Layout layout = new Layout(loop, LoopAxes.of(loop, MOST_HELD), TILE, stretch, ROW);
    if (layout.rows() > 1) {
      return null;
    }
    List<Fusion> pass = List.of(new WholePass(kernels, segments));
    TileProgram made = compile(loop, layout, pass, staging, false);
    Instruction[] instructions = made.instructions();
    return Arrays.stream(instructions)
                .anyMatch(
                    i ->
                        i instanceof PassInstruction p
                            && p.loop() != null
                            && (kernels.lanes() > 1 || p.liesTogether(made.views())))
            && Arrays.stream(instructions).noneMatch(i -> readsWithoutArray(i, made, staging))
        ? made
        : null;
  }

  /** What goes from one buffer of a caller's to another is no value that a pass computes. */
  private static boolean readsWithoutArray(
      Instruction instruction, TileProgram program, Staging staging) {
    return instruction instanceof Transfers.Store store
        && program.views().stream()
            .filter(view -> view.register() == store.value().index())
            .anyMatch(view -> staging.holds(view.buffer(), false));
  }

  private static TileProgram compile(
      Step.Loop loop, List<Fusion> fusions, int lanes, Staging staging) {
    int stretch = stretch(lanes);
    LoopAxes axes = LoopAxes.of(loop, MOST_HELD);
    boolean areRowsApart = lanes == 1;
    Layout layout = layout(loop, axes, TILE, stretch, lanes);
    TileProgram program = compile(loop, layout, fusions, Staging.NOTHING, areRowsApart);
    for (int tile = TILE / 2; tile >= SMALLEST_TILE && isTooLarge(program, layout); tile /= 2) {
      layout = layout(loop, axes, tile, stretch, lanes);
      program = compile(loop, layout, fusions, Staging.NOTHING, areRowsApart);
    }
    return staging == Staging.NOTHING
        ? program
        : compile(loop, layout, fusions, staging, areRowsApart);
  }

  private static int stretch(int lanes) {
    return lanes > 1 ? STRETCH : PLAIN_STRETCH;
  }

  /** Without SIMD the compiler itself begins vectors where a line does. */
  private static Layout layout(Step.Loop loop, LoopAxes axes, int tile, int stretch, int lanes) {
    boolean isLong = lanes > 1 && loop.sizes()[axes.column()] >= LONG_COLUMN;
    Layout layout = new Layout(loop, axes, tile, stretch, isLong ? LONG_ROW : ROW);
    return lanes > 1 ? layout.onLines() : layout;
  }

  private static boolean isTooLarge(TileProgram program, Layout layout) {
    return program.rows() > 1
        && (long) program.scratchSize() * layout.chunk() > (long) TILE_MEMORY * layout.room();
  }

  private static TileProgram compile(
      Step.Loop loop, Layout layout, List<Fusion> fusions, Staging staging, boolean areRowsApart) {
    InstructionSelection selection = new InstructionSelection(loop, layout, fusions);
    Destinations destinations = new Destinations(loop, layout, selection, staging);
    Slots slots = new Slots(loop, layout);
    RegisterAllocator allocator =
        new RegisterAllocator(layout, selection, destinations, staging, areRowsApart);
    int count = selection.instructions().size();
    for (int i = 0; i < count; i++) {
      InstructionRegisters.add(allocator, layout, slots, selection.instructions().get(i), i);
    }
    loop.roots().stream()
        .filter(root -> root.fold() == null && !destinations.isDirect(root))
        .forEach(allocator::store);
    selection
        .folds()
        .forEach(fold -> InstructionRegisters.add(allocator, layout, slots, fold, count));
    return new TileProgram(
        layout.outerSizes(),
        layout.rows(),
        layout.column(),
        layout.chunk(),
        layout.lead(),
        allocator.instructions().toArray(Instruction[]::new),
        List.copyOf(allocator.views()),
        allocator.scratch(),
        allocator.arrays(),
        allocator.scratchSize(),
        slots.partials(),
        slots.size(),
        InPlaceReuse.of(loop, selection, destinations));
  }
}
