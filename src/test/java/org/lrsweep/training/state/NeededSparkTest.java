package org.lrsweep.training.state;

import static net.bytebuddy.jar.asm.Opcodes.ASM9;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.Handle;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.Type;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.lrsweep.testing.OtherSpark;
import org.lrsweep.testing.OtherSpark.Change;

class NeededSparkTest {
  private static final Path LIST =
      Path.of("src/main/resources/org/lrsweep/training/state/needed-of-spark.txt");

  /** What the bytecode of this room names of Spark's. */
  private static final class Calls extends ClassVisitor {
    private final Set<String> lines = new TreeSet<>();

    Calls() {
      super(ASM9);
    }

    private void add(String kind, String owner, String name, String descriptor) {
      if (owner.startsWith("org/apache/spark/")) {
        lines.add(kind + " " + owner.replace('/', '.') + " " + name + " " + descriptor);
      }
    }

    private void addType(String name) {
      if (name != null && name.startsWith("org/apache/spark/")) {
        lines.add("class " + name.replace('/', '.'));
      }
    }

    @Override
    public void visit(
        int version, int access, String name, String sign, String base, String[] interfaces) {
      addType(base);
      Stream.of(interfaces).forEach(this::addType);
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      for (Type parameter : Type.getArgumentTypes(descriptor)) {
        addType(parameter.getClassName().replace('.', '/').replace("[]", ""));
      }
      return new MethodVisitor(ASM9) {
        @Override
        public void visitMethodInsn(
            int opcode, String owner, String called, String type, boolean isInterface) {
          String kind = opcode == Opcodes.INVOKESTATIC ? "static" : "virtual";
          boolean constructs = called.equals("<init>");
          add(constructs ? "constructor" : kind, owner, called, type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String field, String type) {
          add("field", owner, field, type);
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
          addType(type.replaceAll("^\\[+L|;$", ""));
        }

        @Override
        public void visitInvokeDynamicInsn(
            String called, String type, Handle bootstrap, Object... arguments) {
          for (Object argument : arguments) {
            if (argument instanceof Handle handle) {
              boolean isStatic = handle.getTag() == Opcodes.H_INVOKESTATIC;
              boolean constructs = handle.getTag() == Opcodes.H_NEWINVOKESPECIAL;
              String kind = isStatic ? "static" : "virtual";
              add(
                  constructs ? "constructor" : kind,
                  handle.getOwner(),
                  handle.getName(),
                  handle.getDesc());
            }
          }
        }
      };
    }
  }

  private static List<String> called() throws IOException {
    Calls calls = new Calls();
    Path room = Path.of("target/classes/org/lrsweep/training/state");
    try (DirectoryStream<Path> classes = Files.newDirectoryStream(room, "*.class")) {
      for (Path file : classes) {
        new ClassReader(Files.readAllBytes(file)).accept(calls, 0);
      }
    }
    return List.copyOf(calls.lines);
  }

  @Test
  void theListIsAllThatTheRoomCallsOfSpark() throws IOException {
    if (Boolean.getBoolean("docs.write")) {
      Files.writeString(LIST, String.join("\n", called()) + "\n");
    }

    assertThat(Files.readAllLines(LIST))
        .as("%s; write it anew by this test with -Ddocs.write=true", LIST)
        .isEqualTo(called());
  }

  @Test
  void theSparkThatItIsBuiltForHasAll() {
    assertThat(NeededSpark.missing()).isEmpty();
  }

  /** Each class in turn is another, in a class loader that knows no other Spark. */
  @ParameterizedTest
  @EnumSource(names = "THROWS", mode = EnumSource.Mode.EXCLUDE)
  void namesTheClassThatAnotherSparkHasOtherwise(Change change) throws IOException {
    List<String> needed = NeededSpark.lines();
    Set<String> types = new TreeSet<>();
    needed.forEach(line -> types.add(line.split(" ", -1)[1]));
    assertThat(types).hasSizeGreaterThan(20);
    for (String type : types) {
      OtherSpark other = new OtherSpark(type, change, needed);
      if (other.changesAnything()) {
        try (SparkLoader loader = new SparkLoader(other::changed)) {
          assertThat(NeededSpark.missing(loader))
              .as("%s of %s", change, type)
              .hasValueSatisfying(
                  sentence ->
                      assertThat(sentence).startsWith("this Spark has no org.apache.spark"));
        }
      }
    }
  }

  @Test
  void findsAllInTheLoaderThatTheOthersAreTriedIn() throws IOException {
    try (SparkLoader loader = new SparkLoader(bytes -> bytes)) {
      assertThat(NeededSpark.missing(loader)).isEmpty();
    }
  }

  /** Has a Spark of its own, and all else from the tests' class loader. */
  private static final class SparkLoader extends URLClassLoader {
    private final UnaryOperator<byte[]> change;

    SparkLoader(UnaryOperator<byte[]> change) {
      super(urls(), NeededSparkTest.class.getClassLoader());
      this.change = change;
    }

    private static URL[] urls() {
      return OtherSpark.jars().stream()
          .map(
              jar -> {
                try {
                  return jar.toUri().toURL();
                } catch (MalformedURLException e) {
                  throw new IllegalStateException(e);
                }
              })
          .toArray(URL[]::new);
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null || !name.startsWith("org.apache.spark.")) {
          return known != null ? known : super.loadClass(name, resolve);
        }
        // What has been renamed is asked for by its new name, and lies under the old one.
        String file = name.replace(OtherSpark.SUFFIX, "").replace('.', '/') + ".class";
        try (InputStream in = findResource(file).openStream()) {
          byte[] bytes = change.apply(in.readAllBytes());
          return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }
}
