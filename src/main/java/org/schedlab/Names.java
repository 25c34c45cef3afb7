package org.schedlab;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.schedlab.program.Compiler;
import org.schedlab.program.Instruction;
import org.schedlab.program.Layout;
import org.schedlab.program.Operation;
import org.schedlab.program.SharedObject;
import org.schedlab.program.Variable;
import org.schedlab.scenario.Scenario;

/** What the names of one process's programs mean. */
final class Names implements Compiler.Scope {
  private final Scenario scenario;
  private final Map<String, Instruction.Cell> variables;
  private final List<SharedObject> objects;

  Names(Scenario scenario, List<Variable> own, List<SharedObject> objects) {
    this.scenario = scenario;
    this.objects = objects;
    this.variables = new HashMap<>();
    List<SharedObject> ofAll = scenario.objects();
    for (int i = 0; i < ofAll.size(); i++) {
      addSegment(ofAll.get(i), -1 - i);
    }
    for (int i = 0; i < objects.size(); i++) {
      addSegment(objects.get(i), i);
    }
    variables.putAll(Layout.cells(own));
  }

  /** What is added later hides variables of the same name. */
  private void addSegment(SharedObject object, int number) {
    if (object instanceof SharedObject.Segment segment) {
      variables.putAll(Layout.cells(segment.variables(), number));
    }
  }

  @Override
  public int object(String name) {
    int own = indexOf(objects, name);
    return own >= 0 ? own : -1 - indexOf(scenario.objects(), name);
  }

  private static int indexOf(List<SharedObject> among, String name) {
    for (int i = 0; i < among.size(); i++) {
      if (among.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  @Override
  public Instruction.Cell variable(String name) {
    return variables.get(name);
  }

  @Override
  public int device(String name) {
    return deviceId(scenario, name);
  }

  @Override
  public List<Operation> program(String name) {
    return scenario.programs().stream()
        .filter(program -> program.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no program " + name))
        .operations();
  }

  @Override
  public Compiler.Scope with(List<Variable> others, List<SharedObject> otherObjects) {
    return new Names(scenario, others, otherObjects);
  }

  /** Returns the id of a device. */
  static int deviceId(Scenario scenario, String name) {
    List<Scenario.DeviceSpec> devices = scenario.machine().devices();
    for (int i = 0; i < devices.size(); i++) {
      if (devices.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no device " + name);
  }
}
