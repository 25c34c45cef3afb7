package org.schedlab.models;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.schedlab.program.Expression;
import org.schedlab.program.Expression.BinaryOperator;
import org.schedlab.program.Location;
import org.schedlab.program.Operation;
import org.schedlab.program.Operation.Waiting;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;

/**
 * A queue among threads: a ring of values in their common memory, with a mutex and two condition
 * variables, as every textbook writes the bounded buffer. Its names have a dot and its registers a
 * blank, which no scenario can write.
 *
 * @param name of the queue
 * @param capacity how many values it holds
 */
record Buffer(String name, long capacity, Location location) {
  /** The most values for which a buffer is written out. */
  static final long MOST = 1 << 20;

  private static final String COUNT = " count";
  private static final String FIRST = " first";
  private static final String UNUSED = " unused";

  List<SharedObject> objects() {
    SharedObject.Order order = SharedObject.Order.FIFO;
    return List.of(
        new SharedObject.Mutex(
            mutex(), SharedObject.MutexKind.PLAIN, SharedObject.Protocol.NONE, 0, order, location),
        new SharedObject.Condition(notEmpty(), order, null, location),
        new SharedObject.Condition(notFull(), order, null, location));
  }

  List<Variable> variables() {
    return List.of(
        new Variable(values(), Collections.nCopies((int) capacity, 0L), true, false, location),
        new Variable(first(), List.of(0L), false, false, location),
        new Variable(count(), List.of(0L), false, false, location));
  }

  private String mutex() {
    return name + ".mutex";
  }

  private String notEmpty() {
    return name + ".not_empty";
  }

  private String notFull() {
    return name + ".not_full";
  }

  private String values() {
    return name + ".values";
  }

  private String first() {
    return name + ".first";
  }

  private String count() {
    return name + ".count";
  }

  /** Returns what puts a value behind the others, as soon as there is room. */
  List<Operation> put(Expression value, Location at) {
    List<Operation> operations = new ArrayList<>(enter(notFull(), capacity, at));
    Expression last = binary(BinaryOperator.ADD, register(FIRST, at), register(COUNT, at), at);
    Expression place = binary(BinaryOperator.REMAINDER, last, number(capacity, at), at);
    operations.add(new Operation.Store(new Operation.Place(values(), place, at), value, at));
    operations.add(countBy(BinaryOperator.ADD, at));
    operations.addAll(leave(notEmpty(), at));
    return operations;
  }

  /** Returns what takes the first value out, as soon as there is one; {@code into} may be null. */
  List<Operation> get(String into, Location at) {
    List<Operation> operations = new ArrayList<>(enter(notEmpty(), 0, at));
    Operation.Place place = new Operation.Place(values(), register(FIRST, at), at);
    operations.add(new Operation.Load(into == null ? UNUSED : into, place, at));
    Expression next = binary(BinaryOperator.ADD, register(FIRST, at), number(1, at), at);
    operations.add(
        new Operation.Store(
            variable(first(), at),
            binary(BinaryOperator.REMAINDER, next, number(capacity, at), at),
            at));
    operations.add(countBy(BinaryOperator.SUBTRACT, at));
    operations.addAll(leave(notFull(), at));
    return operations;
  }

  /** Locks the buffer and waits as long as it holds so many values. */
  private List<Operation> enter(String condition, long asLongAs, Location at) {
    Operation look = new Operation.Load(COUNT, variable(count(), at), at);
    Expression mustWait =
        binary(BinaryOperator.EQUAL, register(COUNT, at), number(asLongAs, at), at);
    return List.of(
        new Operation.Lock(mutex(), Waiting.FOREVER, at),
        look,
        new Operation.While(
            mustWait,
            List.of(new Operation.CondWait(condition, mutex(), Waiting.FOREVER, at), look),
            at),
        new Operation.Load(FIRST, variable(first(), at), at));
  }

  private Operation countBy(BinaryOperator operator, Location at) {
    return new Operation.Store(
        variable(count(), at), binary(operator, register(COUNT, at), number(1, at), at), at);
  }

  private List<Operation> leave(String condition, Location at) {
    return List.of(
        new Operation.CondSignal(condition, false, at),
        new Operation.Unlock(mutex(), Waiting.FOREVER, at));
  }

  private static Operation.Place variable(String name, Location at) {
    return new Operation.Place(name, null, at);
  }

  private static Expression register(String name, Location at) {
    return new Expression.Name(name, at);
  }

  private static Expression number(long value, Location at) {
    return new Expression.Literal(value, at);
  }

  private static Expression binary(
      BinaryOperator operator, Expression left, Expression right, Location at) {
    return new Expression.Binary(operator, left, right, at);
  }
}
