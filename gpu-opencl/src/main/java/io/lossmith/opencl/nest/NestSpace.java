package io.lossmith.opencl.nest;

import io.lossmith.opencl.nest.Nest.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The iteration space of nests: the axes that a loop runs over, and which of them are unrolled.
 *
 * @param sizes the length of each axis
 * @param unrolled for each axis, whether it is written out
 * @param column the axis along which most arrays are contiguous
 */
record NestSpace(int[] sizes, boolean[] unrolled, int column) {
  int rank() {
    return sizes.length;
  }

  /** Returns how many places there are. */
  long places() {
    long product = 1;
    for (int size : sizes) {
      product *= size;
    }
    return product;
  }

  long product(boolean[] axes) {
    long product = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      product *= axes[axis] ? sizes[axis] : 1;
    }
    return product;
  }

  /** Returns this space with these axes written out as well. */
  NestSpace unrolling(boolean[] axes) {
    boolean[] all = unrolled.clone();
    for (int axis = 0; axis < all.length; axis++) {
      all[axis] |= axes[axis];
    }
    return new NestSpace(sizes, all, column);
  }

  /** Returns this space, walked once along the other axes. */
  NestSpace only(boolean[] kept) {
    int[] fewer = sizes.clone();
    for (int axis = 0; axis < fewer.length; axis++) {
      fewer[axis] = kept[axis] ? sizes[axis] : 1;
    }
    return new NestSpace(fewer, unrolled, column);
  }

  /** Returns row-major strides over these axes, the column's being 1, and 0 along the others. */
  int[] dense(boolean[] axes) {
    int[] strides = new int[sizes.length];
    int stride = 1;
    if (axes[column]) {
      strides[column] = 1;
      stride = sizes[column];
    }
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      if (axes[axis] && axis != column) {
        strides[axis] = stride;
        stride *= sizes[axis];
      }
    }
    return strides;
  }

  /**
   * Chooses the axes that the items of a work-group share out, the one walked fastest first: the
   * column, and further ones while a work-group is not filled.
   */
  int[] lanes(boolean[] candidates) {
    List<Integer> lanes = new ArrayList<>();
    long filled = 1;
    if (candidates[column]) {
      lanes.add(column);
      filled = sizes[column];
    }
    for (int axis = sizes.length - 1; axis >= 0 && filled < Nest.LANES; axis--) {
      if (candidates[axis] && axis != column && sizes[axis] != 1) {
        lanes.add(axis);
        filled *= sizes[axis];
      }
    }
    return lanes.stream().mapToInt(Integer::intValue).toArray();
  }

  /** Returns the role of each axis: unrolled, lane, or else the given one. */
  Role[] roles(int[] lanes, boolean[] others, Role other) {
    Role[] roles = new Role[sizes.length];
    for (int axis = 0; axis < roles.length; axis++) {
      roles[axis] = unrolled[axis] ? Role.UNROLLED : others[axis] ? other : Role.OUTER;
    }
    Arrays.stream(lanes).forEach(lane -> roles[lane] = Role.LANE);
    return roles;
  }

  boolean[] none() {
    return new boolean[sizes.length];
  }

  /** Returns the axes that are neither written out nor among these. */
  boolean[] rest(boolean[] taken) {
    boolean[] rest = new boolean[sizes.length];
    for (int axis = 0; axis < rest.length; axis++) {
      rest[axis] = !unrolled[axis] && !taken[axis];
    }
    return rest;
  }
}
