package org.schedlab.scenario.yaml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The operations of programs, as their keys say it. An entry of a program has one of these keys,
 * and beside it only the keys that belong to it.
 */
enum OperationKey {
  COMPUTE,
  IO,
  SLEEP,
  YIELD,
  EXIT,
  REPEAT("do"),
  WHILE("do"),
  IF("then", "else"),
  CALL,
  LOAD,
  STORE,
  SET,
  ADD,
  ATOMIC_ADD,
  CAS,
  FETCH_ADD,
  EXCHANGE,
  ASSERT,
  THREAD,
  JOIN,
  SPAWN,
  FORK,
  EXEC,
  WAIT,
  KILL,
  TOUCH,
  ALLOC,
  FREE,
  LOCK,
  TRY_LOCK,
  UNLOCK,
  SEM_WAIT,
  SEM_TRY_WAIT,
  SEM_POST,
  COND_WAIT,
  COND_SIGNAL,
  COND_BROADCAST,
  BARRIER_WAIT,
  READ_LOCK,
  WRITE_LOCK,
  TRY_READ_LOCK,
  TRY_WRITE_LOCK,
  RW_UNLOCK,
  WRITE,
  READ,
  SEND,
  RECEIVE,
  CLOSE,
  LISTEN,
  ACCEPT,
  CONNECT,
  POLL,
  FUTEX_WAIT,
  FUTEX_WAKE,
  ACQUIRE,
  RELEASE,
  AWAIT,
  ASYNC,
  GATHER,
  RACE,
  PUT,
  GET,
  CANCEL,
  RAISE;

  private final List<String> companions;

  OperationKey(String... companions) {
    this.companions = List.of(companions);
  }

  /** Returns the word in the file. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the keys that stand in the same entry: {@code do} beside {@code repeat}. */
  List<String> companions() {
    return companions;
  }

  /** Returns the operation of that word, or null. */
  static OperationKey of(String key) {
    for (OperationKey operation : values()) {
      if (operation.key().equals(key)) {
        return operation;
      }
    }
    return null;
  }

  /** Returns the words of all operations, in the order of the documentation. */
  static List<String> keys() {
    return Arrays.stream(values()).map(OperationKey::key).toList();
  }

  /** Returns every key that an entry of a program can have. */
  static List<String> entryKeys() {
    List<String> all = new ArrayList<>(keys());
    for (OperationKey operation : values()) {
      operation.companions.stream().filter(c -> !all.contains(c)).forEach(all::add);
    }
    return all;
  }
}
