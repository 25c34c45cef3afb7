package org.schedlab.models;

import org.schedlab.program.Expression;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;

/** Copies of what a scenario declares and writes, with the names that it has in the workload. */
final class Renamed {
  private Renamed() {}

  static SharedObject object(SharedObject object, String name) {
    if (object.name().equals(name)) {
      return object;
    } else if (object instanceof SharedObject.Mutex it) {
      return new SharedObject.Mutex(
          name, it.kind(), it.protocol(), it.ceiling(), it.order(), it.location());
    } else if (object instanceof SharedObject.Semaphore it) {
      return new SharedObject.Semaphore(name, it.value(), it.order(), it.location());
    } else if (object instanceof SharedObject.Condition it) {
      return new SharedObject.Condition(name, it.order(), it.spurious(), it.location());
    } else if (object instanceof SharedObject.Barrier it) {
      return new SharedObject.Barrier(name, it.parties(), it.location());
    } else if (object instanceof SharedObject.ReadersWriterLock it) {
      return new SharedObject.ReadersWriterLock(
          name, it.preferWriters(), it.order(), it.location());
    } else if (object instanceof SharedObject.Pipe it) {
      return new SharedObject.Pipe(name, it.capacity(), it.location());
    } else if (object instanceof SharedObject.MessageQueue it) {
      return new SharedObject.MessageQueue(
          name, it.capacity(), it.messageSize(), it.order(), it.location());
    } else if (object instanceof SharedObject.Socket it) {
      return new SharedObject.Socket(name, it.kind(), it.buffer(), it.location());
    } else if (object instanceof SharedObject.Segment it) {
      return new SharedObject.Segment(name, it.bytes(), it.variables(), it.location());
    } else if (object instanceof SharedObject.Channel it) {
      return new SharedObject.Channel(name, it.capacity(), it.location());
    } else if (object instanceof SharedObject.AsyncMutex it) {
      return new SharedObject.AsyncMutex(name, it.location());
    } else if (object instanceof SharedObject.AsyncSemaphore it) {
      return new SharedObject.AsyncSemaphore(name, it.value(), it.location());
    }
    SharedObject.Resource it = (SharedObject.Resource) object;
    return new SharedObject.Resource(name, it.units(), it.location());
  }

  /** Returns an assertion's condition, with the variables' names in the workload. */
  static Expression condition(Expression condition, Scope scope) {
    if (condition instanceof Expression.Unary it) {
      return new Expression.Unary(it.operator(), condition(it.operand(), scope), it.location());
    } else if (condition instanceof Expression.Binary it) {
      return new Expression.Binary(
          it.operator(), condition(it.left(), scope), condition(it.right(), scope), it.location());
    } else if (condition instanceof Expression.Element it) {
      return new Expression.Element(
          scope.variable(it.name()), condition(it.index(), scope), it.location());
    } else if (condition instanceof Expression.Name it && scope.hasVariable(it.name())) {
      return new Expression.Name(scope.variable(it.name()), it.location());
    }
    return condition;
  }

  static Operation.Place place(Operation.Place place, Scope scope) {
    return new Operation.Place(scope.variable(place.variable()), place.index(), place.location());
  }
}
