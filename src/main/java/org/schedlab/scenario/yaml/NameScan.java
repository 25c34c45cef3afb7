package org.schedlab.scenario.yaml;

import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingEndEvent;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceEndEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.Parser;

/** Looks for a scenario's name without reading the rest: in most files it stands in line one. */
final class NameScan {
  private NameScan() {}

  /** Returns what stands behind {@code name:} at the top, or null where nothing does. */
  static String name(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(YamlTree.MOST_CHARACTERS);
    try {
      int depth = 0;
      boolean key = true;
      boolean named = false;
      Parser events = YamlTree.parser(text, options);
      while (!events.checkEvent(Event.ID.StreamEnd)) {
        Event event = events.getEvent();
        boolean opens = event instanceof MappingStartEvent || event instanceof SequenceStartEvent;
        boolean closes = event instanceof MappingEndEvent || event instanceof SequenceEndEvent;
        boolean scalar = event instanceof ScalarEvent;
        if (scalar && depth == 1) {
          String value = ((ScalarEvent) event).getValue();
          if (named && !key) {
            return value;
          }
          named = key && value.equals("name");
        }
        depth += opens ? 1 : closes ? -1 : 0;
        if (depth == 1 && (scalar || closes)) {
          key = !key;
        }
      }
    } catch (YAMLException e) {
      // What is wrong with the file is said when it is read.
      return null;
    }
    return null;
  }
}
