package org.lrsweep.testing;

import static net.bytebuddy.jar.asm.Opcodes.ASM9;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;
import net.bytebuddy.jar.asm.ClassReader;
import net.bytebuddy.jar.asm.ClassVisitor;
import net.bytebuddy.jar.asm.ClassWriter;
import net.bytebuddy.jar.asm.MethodVisitor;
import net.bytebuddy.jar.asm.Opcodes;
import net.bytebuddy.jar.asm.commons.ClassRemapper;
import net.bytebuddy.jar.asm.commons.Remapper;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkException;
import org.apache.spark.network.buffer.ManagedBuffer;
import org.apache.spark.network.shuffle.DownloadFileManager;

/**
 * Spark as a vendor may have changed it: one of its classes is another to who calls it from
 * outside, while Spark itself works as before. Made of Spark's own jars.
 */
public final class OtherSpark {
  /** What has become of the class. */
  public enum Change {
    /** It has another name. */
    RENAMED,
    /** The members that LRSweep calls have other names, which to the JVM is another signature. */
    MEMBERS_RENAMED,
    /** The methods that LRSweep calls throw, when it calls them, those of subclasses too. */
    THROWS
  }

  /** What Java itself calls by these names. */
  private static final Set<String> JAVAS = Set.of("toString", "name");

  /** What new names end with. */
  public static final String SUFFIX = "OfAVendor";

  private final String type;
  private final Change change;

  /** The members of the class that LRSweep calls, as name and descriptor. */
  private final Set<String> members;

  /**
   * @param type the name of a class of Spark's
   * @param needed all that LRSweep calls of Spark, as in needed-of-spark.txt
   */
  public OtherSpark(String type, Change change, List<String> needed) {
    this.type = type.replace('.', '/');
    this.change = change;
    members =
        needed.stream()
            .map(line -> line.split(" ", -1))
            .filter(parts -> parts.length > 2 && parts[1].equals(type))
            .filter(parts -> change == Change.THROWS || !JAVAS.contains(parts[2]))
            .map(parts -> parts[2] + parts[3])
            .collect(Collectors.toSet());
  }

  /** Whether there is anything to change. */
  public boolean changesAnything() {
    return switch (change) {
      case RENAMED -> true;
      case MEMBERS_RENAMED -> members.stream().anyMatch(member -> !member.startsWith("<"));
      case THROWS -> !members.isEmpty();
    };
  }

  /** Spark's jars in which classes are that call each other. */
  public static List<Path> jars() {
    return Jars.of(
        SparkContext.class, SparkException.class, ManagedBuffer.class, DownloadFileManager.class);
  }

  /** Writes the changed classes into a jar, to be put before Spark's on the class path. */
  public void write(Path file) throws IOException {
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(file))) {
      for (Path jar : jars()) {
        try (JarFile spark = new JarFile(jar.toFile())) {
          write(spark, out);
        }
      }
      if (change == Change.THROWS) {
        String caller = Caller.class.getName().replace('.', '/');
        try (InputStream in = OtherSpark.class.getResourceAsStream("/" + caller + ".class")) {
          add(caller, in.readAllBytes(), out);
        }
      }
    }
  }

  private static void add(String name, byte[] bytes, JarOutputStream out) throws IOException {
    out.putNextEntry(new JarEntry(name + ".class"));
    out.write(bytes);
  }

  private void write(JarFile spark, JarOutputStream out) throws IOException {
    Enumeration<JarEntry> entries = spark.entries();
    while (entries.hasMoreElements()) {
      JarEntry entry = entries.nextElement();
      if (entry.getName().endsWith(".class")) {
        byte[] bytes;
        try (InputStream in = spark.getInputStream(entry)) {
          bytes = in.readAllBytes();
        }
        String name = new ClassReader(bytes).getClassName();
        // A placeholder that each of the jars has.
        if (mayUse(bytes) && !name.startsWith("org/apache/spark/unused/")) {
          byte[] changed = changed(bytes);
          add(renamed(name), changed, out);
          if (!renamed(name).equals(name)) {
            // Hides the one behind it: to the JVM, a class of another name is none.
            add(name, changed, out);
          }
        }
      }
    }
  }

  private String renamed(String name) {
    boolean renamed =
        change == Change.RENAMED && (name.equals(type) || name.startsWith(type + "$"));
    return renamed ? type + SUFFIX + name.substring(type.length()) : name;
  }

  private boolean mayUse(byte[] bytes) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return switch (change) {
      case RENAMED -> text.contains(type);
      case MEMBERS_RENAMED, THROWS ->
          members.stream().map(member -> member.replaceAll("[(].*", "")).anyMatch(text::contains);
    };
  }

  /** A class of Spark's as it is here; its name may be another. */
  public byte[] changed(byte[] bytes) {
    ClassReader reader = new ClassReader(bytes);
    ClassWriter writer = new ClassWriter(change == Change.THROWS ? ClassWriter.COMPUTE_MAXS : 0);
    reader.accept(
        change == Change.THROWS ? new Throwing(writer) : new ClassRemapper(writer, new Names()), 0);
    return writer.toByteArray();
  }

  private final class Names extends Remapper {
    @Override
    public String map(String name) {
      return renamed(name);
    }

    @Override
    public String mapMethodName(String owner, String name, String descriptor) {
      boolean one = change == Change.MEMBERS_RENAMED && !name.startsWith("<");
      return one && members.contains(name + descriptor) ? name + SUFFIX : name;
    }

    @Override
    public String mapFieldName(String owner, String name, String descriptor) {
      boolean one = change == Change.MEMBERS_RENAMED && owner.equals(type);
      return one && members.contains(name + descriptor) ? name + SUFFIX : name;
    }
  }

  private final class Throwing extends ClassVisitor {
    private String owner;

    Throwing(ClassVisitor next) {
      super(ASM9, next);
    }

    @Override
    public void visit(
        int version, int access, String name, String sign, String base, String[] interfaces) {
      super.visit(version, access, name, sign, base, interfaces);
      owner = name;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
      boolean hasCode = (access & (Opcodes.ACC_ABSTRACT | Opcodes.ACC_NATIVE)) == 0;
      boolean constructs = name.startsWith("<") && !owner.equals(type);
      boolean one = hasCode && !constructs && members.contains(name + descriptor);
      return one ? new ThrowingMethod(next) : next;
    }
  }

  private static final class ThrowingMethod extends MethodVisitor {
    ThrowingMethod(MethodVisitor next) {
      super(ASM9, next);
    }

    @Override
    public void visitCode() {
      super.visitCode();
      String caller = Caller.class.getName().replace('.', '/');
      super.visitMethodInsn(Opcodes.INVOKESTATIC, caller, "refuseLrsweep", "()V", false);
    }
  }

  /** Who calls a method. */
  public static final class Caller {
    private Caller() {}

    /** Throws if it is LRSweep. */
    public static void refuseLrsweep() {
      boolean lrsweep =
          StackWalker.getInstance()
              .walk(frames -> frames.skip(2).findFirst())
              .filter(frame -> frame.getClassName().startsWith("org.lrsweep."))
              .isPresent();
      if (lrsweep) {
        throw new UnsupportedOperationException("not in a vendor's Spark");
      }
    }
  }
}
