package org.schedlab.scenario.yaml;

import java.util.List;
import org.schedlab.scenario.yaml.Value.Entries;

/**
 * An object's name in the file and what is said of it.
 *
 * @param said null where nothing is
 */
record Declaration(Value name, Value said) {
  /** Returns what a map says of the object; nothing where there is no map. */
  Fields fields(Shape shape, Problems problems) {
    return Fields.of(said == null ? new Entries(List.of(), name.mark()) : said, shape, problems);
  }
}
