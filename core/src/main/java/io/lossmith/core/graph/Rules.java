package io.lossmith.core.graph;

import java.util.List;

/** All rules of the simplifier, in the order in which they are tried. */
final class Rules {
  static final List<Rewriter.Rule> ALL =
      List.of(
          // Constants and shapes first: they make the patterns of the others visible.
          UnaryRules::constant,
          BinaryRules::constant,
          ShapeRules::broadcastIsImplicit,
          ShapeRules::reshapeIsImplicit,
          UnaryRules::rewrite,
          BinaryRules::rewrite,
          CommonFactor::rewrite,
          SumsOfParts::rewrite,
          ScaledSums::join,
          ScaledSums::scale,
          WhereRules::rewrite,
          WhereRules::halves,
          WhereRules::intoChoice,
          MoveRules::rewrite,
          ShapeRules::reshapeSinks,
          FoldRules::rewrite);

  private Rules() {}
}
