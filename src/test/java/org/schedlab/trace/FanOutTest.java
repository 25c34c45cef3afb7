package org.schedlab.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several sinks hear every fact that one hears. */
class FanOutTest {
  static Stream<Method> facts() {
    return Stream.of(TraceSink.class.getMethods())
        .filter(method -> !Modifier.isStatic(method.getModifiers()))
        .filter(method -> method.getReturnType() == void.class);
  }

  private static TraceSink noting(String name, List<String> heard) {
    return (TraceSink)
        Proxy.newProxyInstance(
            TraceSink.class.getClassLoader(),
            new Class<?>[] {TraceSink.class},
            (proxy, method, arguments) -> {
              heard.add(name + " " + method.getName() + " " + List.of(arguments));
              return null;
            });
  }

  private static Object sample(Class<?> type, int place) {
    if (type == long.class) {
      return (long) place;
    }
    if (type == int.class) {
      return place;
    }
    if (type == boolean.class) {
      return place % 2 == 0;
    }
    if (type == String.class) {
      return "text " + place;
    }
    if (type.isEnum()) {
      return type.getEnumConstants()[0];
    }
    if (type == Deadlock.class) {
      return new Deadlock(List.of(), true);
    }
    if (type == Decision.class) {
      return new Decision(0, TraceSink.NONE, "rule", "key", List.of(), 0);
    }
    if (type == IntFunction.class) {
      return (IntFunction<String>) Integer::toString;
    }
    assertThat(type).isEqualTo(MemoryMap.class);
    return new MemoryMap(4096, List.of(), List.of(), 0, 0, 0, 0, 0);
  }

  @ParameterizedTest
  @MethodSource("facts")
  void everyFactReachesEverySinkAsItWasTold(Method fact) throws Exception {
    List<String> heard = new ArrayList<>();
    TraceSink both = TraceSink.of(noting("one", heard), noting("two", heard));
    Object[] arguments = new Object[fact.getParameterCount()];
    for (int i = 0; i < arguments.length; i++) {
      arguments[i] = sample(fact.getParameterTypes()[i], i);
    }
    fact.invoke(both, arguments);
    String told = fact.getName() + " " + List.of(arguments);
    assertThat(heard).containsExactly("one " + told, "two " + told);
  }

  @Test
  void decisionsAreExplainedWhereOneSinkWantsThem() {
    TraceSink curious =
        new TraceSink() {
          @Override
          public boolean explains() {
            return true;
          }
        };
    assertThat(TraceSink.of(new TraceSink() {}, new TraceSink() {}).explains()).isFalse();
    assertThat(TraceSink.of(new TraceSink() {}, curious).explains()).isTrue();
  }
}
