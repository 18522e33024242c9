package org.lrsweep.testing;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import java.util.List;
import scala.collection.JavaConverters;
import scala.reflect.api.JavaUniverse;
import scala.reflect.api.Mirror;
import scala.reflect.api.Names.NameApi;
import scala.reflect.api.Symbols.SymbolApi;
import scala.reflect.api.Symbols.TypeSymbolApi;
import scala.reflect.api.Universe;
import scala.reflect.runtime.package$;

/**
 * What Spark does not publish: what is {@code private[spark]}, the classes of its internals that
 * are public for other reasons, and its network module. To the JVM all of it is public; what is
 * private to Spark, Scala's reflection reads from Spark's own jars.
 */
public final class UnpublishedSpark {
  private static final String SPARK = "org.apache.spark.";

  /** Public or a developer's API, and yet no documented way of using Spark. */
  private static final String INTERNALS =
      "org\\.apache\\.spark\\.(SparkEnv|storage\\.(BlockManager.*|DiskBlock.*|BlockId|.*BlockId)"
          + "|(network|rpc|deploy|memory|scheduler\\.cluster|serializer\\.SerializerManager)\\b.*)";

  private static final JavaUniverse UNIVERSE = package$.MODULE$.universe();

  /** The same, with what Java does not see of it. */
  private static final Universe NAMES = (Universe) (Object) UNIVERSE;

  private UnpublishedSpark() {}

  /** Classes that are not published. */
  public static DescribedPredicate<JavaClass> types() {
    return DescribedPredicate.describe(
        "that Spark does not publish",
        type -> {
          String name = type.getBaseComponentType().getName();
          return name.startsWith(SPARK) && (name.matches(INTERNALS) || isPrivate(symbol(name)));
        });
  }

  /** Methods, constructors and fields of published classes that are not published themselves. */
  public static DescribedPredicate<JavaAccess<?>> members() {
    return DescribedPredicate.describe(
        "what Spark keeps to itself",
        access -> {
          AccessTarget target = access.getTarget();
          String owner = target.getOwner().getName();
          return owner.startsWith(SPARK) && isPrivate(member(symbol(owner), target.getName()));
        });
  }

  private static SymbolApi symbol(String type) {
    Mirror<?> mirror =
        (Mirror<?>) (Object) UNIVERSE.runtimeMirror(UnpublishedSpark.class.getClassLoader());
    String topLevel = type.replaceFirst("\\$.*", "");
    return type.endsWith("$") ? mirror.staticModule(topLevel) : mirror.staticClass(topLevel);
  }

  private static SymbolApi member(SymbolApi owner, String name) {
    NameApi encoded = (NameApi) NAMES.TermName().apply(name);
    return owner.isModule()
        ? owner.asModule().moduleClass().asType().toType().member(encoded)
        : ((TypeSymbolApi) owner).toType().member(encoded);
  }

  /** Whether every overload is private to a package of Spark's. */
  private static boolean isPrivate(SymbolApi symbol) {
    SymbolApi none = NAMES.NoSymbol();
    List<SymbolApi> overloads = JavaConverters.seqAsJavaList(symbol.alternatives());
    return symbol != none
        && overloads.stream().allMatch(overload -> overload.privateWithin() != none);
  }
}
