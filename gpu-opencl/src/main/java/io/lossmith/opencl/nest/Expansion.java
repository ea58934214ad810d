package io.lossmith.opencl.nest;

import io.lossmith.core.op.Fold;
import io.lossmith.opencl.nest.Nest.Out;
import io.lossmith.opencl.nest.Nest.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes out a nest's terms: one {@link Code} for each index along the unrolled axes and each tile
 * of an item, and one for all where a term does not vary.
 */
public final class Expansion {
  private record Key(List<Integer> index, int tile) {}

  private final int[] sizes;
  private final Role[] roles;
  private final int[] unrolled;
  private final Map<Term, Map<Key, Code>> made = new IdentityHashMap<>();

  public Expansion(int[] sizes, Role[] roles) {
    this.sizes = sizes;
    this.roles = roles;
    int[] found = new int[sizes.length];
    int n = 0;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (roles[axis] == Role.UNROLLED) {
        found[n++] = axis;
      }
    }
    this.unrolled = Arrays.copyOf(found, n);
  }

  /** Returns how many codes one tile of these outs takes, none of which is written for that. */
  long length(List<Out> outs) {
    long length = 0;
    for (Term term : LoopTerms.of(outs)) {
      long copies = 1;
      long folded = 1;
      for (int axis : unrolled) {
        copies *= term.variesOver(axis) ? sizes[axis] : 1;
        folded *= term instanceof Term.Folded fold && fold.folds(axis) ? sizes[axis] : 1;
      }
      length += copies * (term instanceof Term.Folded ? folded - 1 : 1);
    }
    return length;
  }

  /** Returns every index along the unrolled axes at which an out leaves something of its own. */
  public List<int[]> indexes(Out out) {
    List<int[]> indexes = new ArrayList<>();
    int[] index = new int[sizes.length];
    do {
      indexes.add(index.clone());
    } while (advance(index, axis -> out.destination().variesOver(axis)));
    return indexes;
  }

  private interface Axes {
    boolean has(int axis);
  }

  /** Steps to the next index along some of the unrolled axes; false after the last. */
  private boolean advance(int[] index, Axes axes) {
    for (int i = unrolled.length - 1; i >= 0; i--) {
      int axis = unrolled[i];
      if (axes.has(axis)) {
        if (++index[axis] < sizes[axis]) {
          return true;
        }
        index[axis] = 0;
      }
    }
    return false;
  }

  /** Returns where an access leads at an index along the unrolled axes. */
  public static int offset(StridedAccess access, int[] index) {
    int offset = access.offset();
    for (int axis = 0; axis < index.length && axis < access.strides().length; axis++) {
      offset += index[axis] * access.strides()[axis];
    }
    return offset;
  }

  /**
   * Returns the code of a term.
   *
   * @param index along the unrolled axes, 0 along the others
   * @param tile which of an item's tiles
   */
  public Code of(Term term, int[] index, int tile) {
    Key key = key(term, index, tile);
    Map<Key, Code> own = made.computeIfAbsent(term, t -> new HashMap<>());
    Code known = own.get(key);
    if (known == null) {
      known = write(term, index, tile);
      own.put(key, known);
    }
    return known;
  }

  private Key key(Term term, int[] index, int tile) {
    List<Integer> own = new ArrayList<>(unrolled.length);
    for (int axis : unrolled) {
      own.add(term.variesOver(axis) ? index[axis] : 0);
    }
    return new Key(own, variesOverTiles(term) ? tile : 0);
  }

  private boolean isOnlyUnrolled(Term.Load load) {
    for (int axis = 0; axis < sizes.length; axis++) {
      if (roles[axis] != Role.UNROLLED && sizes[axis] > 1 && load.variesOver(axis)) {
        return false;
      }
    }
    return true;
  }

  private boolean variesOverTiles(Term term) {
    for (int axis = 0; axis < sizes.length; axis++) {
      boolean walked = roles[axis] == Role.LANE || roles[axis] == Role.FOLDED;
      if (walked && term.variesOver(axis)) {
        return true;
      }
    }
    return false;
  }

  private Code write(Term term, int[] index, int tile) {
    if (term instanceof Term.Folded folded) {
      return folded(folded, index, tile);
    }
    if (term instanceof Term.Number number) {
      return Code.number(number.value());
    }
    if (term instanceof Term.Load load) {
      int offset = offset(load.access(), index);
      float[] known = load.access().region().constant();
      return known != null && isOnlyUnrolled(load)
          ? Code.number(known[offset])
          : Code.load(load.access(), offset, tile);
    }
    List<Code> operands = term.operands().stream().map(o -> of(o, index, tile)).toList();
    return Code.operation(((Term.Operation) term).op(), operands);
  }

  private Code folded(Term.Folded term, int[] index, int tile) {
    int[] inner = index.clone();
    for (int axis = 0; axis < inner.length; axis++) {
      inner[axis] = term.folds(axis) ? 0 : inner[axis];
    }
    List<Code> all = new ArrayList<>();
    do {
      all.add(of(term.operand(), inner, tile));
    } while (advance(inner, term::folds));
    return tree(term.fold(), all);
  }

  /** Joins neighbours first: a sum then loses little, without compensation. */
  public static Code tree(Fold fold, List<Code> all) {
    List<Code> level = all;
    while (level.size() > 1) {
      List<Code> next = new ArrayList<>();
      for (int i = 0; i + 1 < level.size(); i += 2) {
        next.add(Code.join(fold, level.get(i), level.get(i + 1)));
      }
      if (level.size() % 2 == 1) {
        next.add(level.get(level.size() - 1));
      }
      level = next;
    }
    return level.get(0);
  }
}
