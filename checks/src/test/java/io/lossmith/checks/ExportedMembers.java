package io.lossmith.checks;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;

/** Finds what users of a type can name and nothing explains. */
final class ExportedMembers extends TreePathScanner<@Nullable Void, String> {
  private final List<String> silent = new ArrayList<>();
  private final DocTrees trees;

  private ExportedMembers(DocTrees trees) {
    this.trees = trees;
  }

  /** Returns the types and members without Javadoc, as {@code Type.member}. */
  static List<String> withoutComment(Stream<Path> sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null,
                  manager,
                  null,
                  List.of("-proc:none"),
                  null,
                  manager.getJavaFileObjectsFromPaths(sources.toList()));
      ExportedMembers found = new ExportedMembers(DocTrees.instance(task));
      for (CompilationUnitTree file : task.parse()) {
        found.scan(file, "");
      }
      return found.silent;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public @Nullable Void visitClass(ClassTree type, String outer) {
    if (!isOpen(type.getModifiers())) {
      return null;
    }
    String name = outer + type.getSimpleName();
    require(name);
    return super.visitClass(type, name + ".");
  }

  @Override
  public @Nullable Void visitMethod(MethodTree method, String type) {
    if (isOpen(method.getModifiers()) && !isOverride(method)) {
      require(type + method.getName() + "()");
    }
    return null;
  }

  @Override
  public @Nullable Void visitVariable(VariableTree field, String type) {
    if (isOpen(field.getModifiers())) {
      require(type + field.getName());
    }
    return null;
  }

  private void require(String name) {
    if (trees.getDocComment(getCurrentPath()) == null) {
      silent.add(name);
    }
  }

  /** Members of an interface are public without saying so. */
  private boolean isOpen(ModifiersTree modifiers) {
    TreePath parent = getCurrentPath().getParentPath();
    boolean isInInterface = parent.getLeaf().getKind() == Tree.Kind.INTERFACE;
    return modifiers.getFlags().contains(Modifier.PUBLIC)
        || modifiers.getFlags().contains(Modifier.PROTECTED)
        || (isInInterface && !modifiers.getFlags().contains(Modifier.PRIVATE));
  }

  private static boolean isOverride(MethodTree method) {
    return method.getModifiers().getAnnotations().stream()
        .map(AnnotationTree::getAnnotationType)
        .anyMatch(type -> type.toString().equals("Override"));
  }
}
