package io.lossmith.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users of a module can name: its exported types with their members, one a line. */
public final class PublicSurface {
  private static final Pattern EXPORT = Pattern.compile("(?m)^  exports ([\\w.]+);");
  private static final Pattern AUTOMATIC =
      Pattern.compile("<Automatic-Module-Name>([\\w.]+)</Automatic-Module-Name>");

  private static final Pattern PUBLISHED =
      Pattern.compile("<artifactId>lossmith-(\\S+)</artifactId>");

  private PublicSurface() {}

  /** Returns the modules that the bill of materials lists, those with other libraries too. */
  static Stream<Path> published() {
    String bom = Repository.text(Repository.ROOT.resolve("bom/pom.xml"));
    return PUBLISHED
        .matcher(bom)
        .results()
        .flatMap(
            module ->
                Stream.of(Repository.ROOT, Repository.ROOT.resolve("examples"))
                    .map(folder -> folder.resolve(module.group(1))))
        .filter(module -> Files.exists(module.resolve("src/main/java")))
        .distinct();
  }

  /** Returns those of them that are part of every build. */
  public static Stream<Path> modules() {
    return published().filter(module -> Repository.ROOT.equals(module.getParent()));
  }

  /** Tells whether a module is part of this build. */
  static boolean isHere(Path module) {
    return System.getProperty("java.class.path").contains(module.resolve("target").toString());
  }

  /** Returns the lines of a module, types in order, members below them. */
  static List<String> of(Path module) {
    return types(module).flatMap(PublicSurface::lines).toList();
  }

  /** Returns the types that a module exports. */
  public static Stream<Class<?>> types(Path module) {
    Path classes = module.resolve("target/classes");
    Set<String> packages = packages(module);
    try (Stream<Path> files = Files.walk(classes)) {
      return files
          .filter(file -> file.toString().endsWith(".class"))
          .map(file -> classes.relativize(file).toString().replace('\\', '/'))
          .filter(name -> !name.endsWith("-info.class"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .sorted()
          .<Class<?>>map(PublicSurface::type)
          .filter(PublicSurface::canBeNamed)
          .filter(type -> packages.contains(type.getPackageName()))
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the methods and constructors of a type; what it inherits of types that nobody can name
   * is its own.
   */
  public static Stream<Executable> executables(Class<?> type) {
    Set<Class<?>> from = new LinkedHashSet<>();
    own(type, from);
    return Stream.concat(
        Arrays.stream(type.getDeclaredConstructors()).filter(PublicSurface::isMember),
        from.stream()
            .flatMap(one -> Arrays.stream(one.getDeclaredMethods()))
            .filter(PublicSurface::isMember)
            .sorted(Comparator.comparing(Method::toString)));
  }

  /** A type, and those above it that nobody can name. */
  private static void own(Class<?> type, Set<Class<?>> all) {
    all.add(type);
    Stream.concat(Stream.ofNullable(type.getSuperclass()), Arrays.stream(type.getInterfaces()))
        .filter(one -> !canBeNamed(one))
        .forEach(one -> own(one, all));
  }

  /**
   * A module that does not say what it exports means the package of its name: those below are
   * public for this one alone.
   */
  static Set<String> packages(Path module) {
    Path described = module.resolve("src/main/java/module-info.java");
    boolean says = Files.exists(described);
    return (says ? EXPORT : AUTOMATIC)
        .matcher(Repository.text(says ? described : module.resolve("pom.xml")))
        .results()
        .map(export -> export.group(1))
        .collect(Collectors.toSet());
  }

  private static Class<?> type(String name) {
    try {
      return Class.forName(name, false, PublicSurface.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static boolean canBeNamed(Class<?> type) {
    Class<?> outer = type.getEnclosingClass();
    return isOpen(type.getModifiers()) && (outer == null || canBeNamed(outer));
  }

  private static boolean isOpen(int modifiers) {
    return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
  }

  private static Stream<String> lines(Class<?> type) {
    Set<Class<?>> from = new LinkedHashSet<>();
    own(type, from);
    Set<String> members = new TreeSet<>();
    from.stream()
        .flatMap(one -> Arrays.stream(one.getDeclaredFields()))
        .filter(PublicSurface::isMember)
        .forEach(field -> members.add(text(field)));
    executables(type).forEach(executable -> members.add(text(executable)));
    return Stream.concat(Stream.of(header(type)), members.stream().map(member -> "  " + member));
  }

  private static boolean isMember(Member member) {
    return isOpen(member.getModifiers()) && !member.isSynthetic();
  }

  private static String header(Class<?> type) {
    String kind =
        type.isAnnotation()
            ? "@interface"
            : type.isInterface()
                ? "interface"
                : type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    List<Type> above = new ArrayList<>();
    for (int i = 0; i < type.getInterfaces().length; i++) {
      if (canBeNamed(type.getInterfaces()[i])) {
        above.add(type.getGenericInterfaces()[i]);
      }
    }
    if (type.getSuperclass() != null && canBeNamed(type.getSuperclass()) && kind.equals("class")) {
      above.add(0, type.getGenericSuperclass());
    }
    String parents =
        above.stream()
            .map(PublicSurface::shown)
            .filter(name -> !name.equals("Object"))
            .collect(Collectors.joining(", "));
    int modifiers = type.getModifiers() & ~(kind.equals("class") ? 0 : Modifier.FINAL);
    boolean isInterface = type.isInterface();
    return (Modifier.isAbstract(modifiers) && !isInterface ? "abstract " : "")
        + (Modifier.isFinal(modifiers) ? "final " : "")
        + kind
        + " "
        + type.getName()
        + (parents.isEmpty() ? "" : " : " + parents);
  }

  private static String text(Field field) {
    String type = shown(field.getGenericType());
    return field.isEnumConstant()
        ? field.getName()
        : isStatic(field) + type + " " + field.getName();
  }

  private static String text(Executable executable) {
    return executable instanceof Method method ? text(method) : "new" + parameters(executable);
  }

  private static String text(Method method) {
    String open = Modifier.isAbstract(method.getModifiers()) ? "abstract " : "";
    String result = shown(method.getGenericReturnType());
    return open + isStatic(method) + result + " " + method.getName() + parameters(method);
  }

  private static String isStatic(Member member) {
    return Modifier.isStatic(member.getModifiers()) ? "static " : "";
  }

  private static String parameters(Executable executable) {
    return Arrays.stream(executable.getParameters())
        .map(Parameter::getParameterizedType)
        .map(PublicSurface::shown)
        .collect(Collectors.joining(", ", "(", ")"));
  }

  /** A type without its packages. */
  private static String shown(Type type) {
    return type.getTypeName().replaceAll("(?:\\w+\\.)+(?=\\w)", "");
  }
}
