package io.lossmith.opencl.nest;

import io.lossmith.core.op.AxisFold;
import io.lossmith.core.op.Binary;
import io.lossmith.core.op.Leaf;
import io.lossmith.core.op.OutOfRange;
import io.lossmith.core.op.Unary;
import io.lossmith.core.op.ValueRange;
import io.lossmith.core.plan.LoopValue;
import io.lossmith.core.plan.Step;
import io.lossmith.core.plan.Values;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Turns a loop's values into terms; lists and rewrites terms. */
final class LoopTerms {
  private LoopTerms() {}

  /**
   * Returns a term for each value of a loop; local folds fold the loop's inner axes.
   *
   * @param access gives the place where a load reads
   */
  static Map<LoopValue, Term> of(Step.Loop loop, Function<LoopValue.Load, StridedAccess> access) {
    int rank = loop.sizes().length;
    Map<LoopValue, Term> made = new IdentityHashMap<>();
    for (LoopValue value : Values.of(loop)) {
      List<Term> operands = value.operands().stream().map(made::get).toList();
      made.put(value, of(value, operands, loop.inner(), rank, access));
    }
    return made;
  }

  private static Term of(
      LoopValue value,
      List<Term> operands,
      boolean[] inner,
      int rank,
      Function<LoopValue.Load, StridedAccess> access) {
    LoopValue.Load load = value.load();
    if (load != null) {
      return new Term.Load(access.apply(load));
    }
    if (value.op() instanceof Leaf.Scalar scalar) {
      return new Term.Number((float) scalar.value());
    }
    if (value.op() instanceof AxisFold reduction) {
      return Term.folded(reduction.fold(), operands.get(0), inner);
    }
    if (value.op() instanceof OutOfRange outside) {
      return outside(operands.get(0), outside.range(), rank);
    }
    return Term.operation(value.op(), operands, rank);
  }

  /** One less what holds; no comparison with NaN does. */
  private static Term outside(Term x, ValueRange range, int rank) {
    Term low = new Term.Number(range.low());
    Term high = new Term.Number(range.high());
    Term holds =
        and(
            operation(Binary.LESS_EQUAL, low, x, rank),
            operation(Binary.LESS_EQUAL, x, high, rank),
            rank);
    if (range.whole()) {
      Term whole = Term.operation(Unary.RINT, List.of(x), rank);
      holds = and(holds, operation(Binary.EQUAL, x, whole, rank), rank);
    }
    Term bad = operation(Binary.SUBTRACT, new Term.Number(1), holds, rank);
    if (range.except() != null) {
      Term except = new Term.Number(range.except());
      bad = and(bad, operation(Binary.NOT_EQUAL, x, except, rank), rank);
    }
    if (range.allowsNaN()) {
      bad = and(bad, operation(Binary.EQUAL, x, x, rank), rank);
    }
    return bad;
  }

  private static Term and(Term a, Term b, int rank) {
    return operation(Binary.MULTIPLY, a, b, rank);
  }

  private static Term operation(Binary op, Term a, Term b, int rank) {
    return Term.operation(op, List.of(a, b), rank);
  }

  /** Returns all terms that these outs need, operands first, each once. */
  static List<Term> of(List<Nest.Out> outs) {
    List<Term> order = new ArrayList<>();
    Set<Term> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    outs.forEach(out -> collect(out.value(), seen, order));
    return order;
  }

  private static void collect(Term term, Set<Term> seen, List<Term> order) {
    if (seen.add(term)) {
      term.operands().forEach(operand -> collect(operand, seen, order));
      order.add(term);
    }
  }

  /**
   * Makes terms anew, operands first.
   *
   * @param rank of the new iteration space
   * @param change gives what stands for a term whose operands are made already, or null to keep it
   */
  static Map<Term, Term> rewrite(
      List<Term> terms, int rank, Function<Term, @Nullable Term> change) {
    Map<Term, Term> made = new IdentityHashMap<>();
    for (Term term : terms) {
      Term same = withOperands(term, term.operands().stream().map(made::get).toList(), rank);
      Term changed = change.apply(same);
      made.put(term, changed == null ? same : changed);
    }
    return made;
  }

  private static Term withOperands(Term term, List<Term> operands, int rank) {
    if (term instanceof Term.Operation operation) {
      return Term.operation(operation.op(), operands, rank);
    }
    if (term instanceof Term.Folded folded) {
      return Term.folded(folded.fold(), operands.get(0), folded.axes());
    }
    return term;
  }
}
